// What hexagons and heat have in common: which records are known well enough to be
// counted at a scale, the colours of the ramp, and the legend.
(function (khyber) {
  "use strict";

  const PROVINCE = 3;
  const THIN = "\u202f";

  khyber.isProvince = (rank) => rank >= PROVINCE;

  // A record counts where its location's radius is no longer than what the surface can
  // tell apart there; never where only its province is known.
  khyber.isFine = (rank, radiusKm, limitKm) => rank < PROVINCE && radiusKm <= limitKm;

  // The limit for a line of a grid whose lines are so many pixels high.
  khyber.limitAt = function (frame, line, high, reach) {
    const y = (line * high) / frame.scale;
    return reach * frame.kmPerPx(Math.max(0, Math.min(1, y)));
  };

  khyber.limitsByLine = (frame, first, count, high, reach) =>
    Float64Array.from({ length: count }, (none, at) =>
      khyber.limitAt(frame, first + at, high, reach)
    );

  // A typed array of at least so many numbers, used again from paint to paint.
  khyber.scratch = function (kind) {
    let kept = new kind(0);
    return function (length) {
      if (kept.length < length) kept = new kind(Math.ceil(length * 1.3));
      return kept.fill(0, 0, length);
    };
  };

  khyber.channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

  const hexOf = (rgb) => "#" + rgb.map((each) => each.toString(16).padStart(2, "0")).join("");

  // The colour of a ramp at 0 (few) to 1 (many).
  khyber.rampAt = function (ramp, step) {
    const place = step * (ramp.length - 1);
    const at = Math.min(Math.floor(place), ramp.length - 2);
    const [from, to] = [ramp[at], ramp[at + 1]].map(khyber.channels);
    return hexOf(from.map((each, part) => Math.round(each + (to[part] - each) * (place - at))));
  };

  // A colour as it looks over another through which it lets something.
  khyber.over = function (colour, alpha, ground) {
    const under = khyber.channels(ground);
    const over = khyber.channels(colour);
    return hexOf(over.map((each, at) => Math.round(each * alpha + under[at] * (1 - alpha))));
  };

  function brightness(colour) {
    const [red, green, blue] = khyber.channels(colour).map((each) => (each / 255) ** 2.2);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  }

  // Of two inks the one that reads better on a colour.
  khyber.readsOn = function (colour, dark, light) {
    const ground = brightness(colour);
    return ground / brightness(dark) > brightness(light) / ground ? dark : light;
  };

  khyber.thousands = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, THIN);

  function records(count) {
    return `${khyber.thousands(count)} record${count === 1 ? "" : "s"}`;
  }

  function leftOutWords({ tooCoarse, onlyProvince }) {
    const words = [];
    const [are, is] = ["are not in it", "is not in it"];
    if (tooCoarse) {
      const verb = tooCoarse === 1 ? is : are;
      const known = `${records(tooCoarse)} known too roughly for this scale`;
      words.push(`${known} ${verb}; zoom out or see the table.`);
    }
    if (onlyProvince) {
      const verb = onlyProvince === 1 ? is : are;
      words.push(`${records(onlyProvince)} known only by province ${verb}; see the table.`);
    }
    return words;
  }

  function roundKm(km) {
    if (km >= 10) return khyber.thousands(Number(km.toPrecision(2)));
    return String(Number(km.toPrecision(1)));
  }

  function classLabel(breaks, at) {
    const from = khyber.thousands(breaks[at]);
    if (at === breaks.length - 1) return `${from} or more`;
    const to = breaks[at + 1] - 1;
    return to === breaks[at] ? from : `${from}–${khyber.thousands(to)}`;
  }

  function hexagonLegend(painted) {
    const heading = "Records in a hexagon";
    const legend = painted.breaks.map((from, at) => ({
      label: classLabel(painted.breaks, at),
      heading: heading,
      order: at,
      sign: { shape: "hexagon", colour: painted.colours[at], size: 16 },
    }));
    const across = `A hexagon is about ${roundKm(painted.acrossKm)} km across.`;
    const one = painted.signs.some((sign) => sign.count === 1) ? "No number: one record." : "";
    const note = [across, one, ...leftOutWords(painted)].filter(Boolean).join(" ");
    return { title: heading, legend: legend, note: note };
  }

  function heatLegend(painted) {
    const heading = "Density of records";
    const words = ["a few", "some", "many", "most in view"];
    const legend = painted.colours.map((colour, at) => ({
      label: words[at],
      heading: heading,
      order: at,
      sign: { shape: "hexagon", colour: colour, size: 16 },
    }));
    const spread = `Each record tints about ${roundKm(painted.reachKm)} km around it.`;
    const faint = painted.faint ? "Beside very many, a single one hardly shows." : "";
    const note = [spread, faint, ...leftOutWords(painted)].filter(Boolean).join(" ");
    return { title: heading, legend: painted.counted ? legend : [], note: note };
  }

  // A section of the legend; as: "hexagons" | "heat"; painted: what their painting gave, or
  // {} before it.
  khyber.surfaceLegend = function (as, painted) {
    if (!painted.colours) return { title: "", legend: [], note: "" };
    return as === "heat" ? heatLegend(painted) : hexagonLegend(painted);
  };
})(window.khyber);
