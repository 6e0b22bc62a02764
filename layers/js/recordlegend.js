// The legend of a record layer: of all that its style can say, what the map now shows.
(function (khyber) {
  "use strict";

  const RANKS = 4; // of precision: site, town, district, province
  const SAMPLE = [0.6, 0.4]; // shares of the counted sign: 3 and 2 of 5 records

  // One pass over a layer: how many records are on the map, of each class, struck or
  // acting, by rank of precision, and without a value for the measure.
  khyber.countShown = function (layer) {
    const { mask, classes, open, value } = layer;
    const { x, rank } = layer.table;
    const byClass = new Uint32Array(layer.style.colour.classes.length);
    const ranks = new Uint32Array(RANKS);
    let [shown, targets, missing] = [0, 0, 0];
    for (let row = 0; row < mask.length; row += 1) {
      // A record without a place (NaN) is not on the map.
      if (mask[row] === 0 || x[row] !== x[row]) continue;
      shown += 1;
      byClass[classes[row]] += 1;
      ranks[rank[row]] += 1;
      targets += open[row];
      if (value && value[row] !== value[row]) missing += 1;
    }
    return { shown, classes: byClass, ranks, open: targets, full: shown - targets, missing };
  };

  // What the signs of a layer show beyond the records themselves.
  function lookAt(signs, layer, cap) {
    const found = { counted: false, mixed: false, both: false, capped: false };
    signs.forEach((sign) => {
      if (sign.hex || sign.layer !== layer) return;
      if (sign.coarse) found.mixed = found.mixed || sign.classes.length > 1;
      else found.counted = found.counted || sign.count > 1;
      found.both = found.both || Boolean(sign.both);
      found.capped = found.capped || (cap !== null && sign.value > cap.above);
    });
    return found;
  }

  // When an entry of layers/legend.py is shown.
  const HOLDS = {
    any: () => true,
    class: ({ counts }, at) => counts.classes[at] > 0,
    rank: ({ counts }, at) => counts.ranks[at] > 0,
    acted: ({ counts }) => counts.full > 0 && counts.open > 0,
    target: ({ counts }) => counts.open > 0,
    missing: ({ counts }) => counts.missing > 0,
    both: ({ signs }) => signs.both,
    mixed: ({ signs }) => signs.mixed,
    counted: ({ signs }) => signs.counted,
  };

  // The colours of the counted sign: those of the classes that most records are of.
  function sharesOf(layer, counts) {
    const { classes } = layer.style.colour;
    const largest = [...counts.classes.keys()]
      .filter((at) => counts.classes[at] > 0)
      .sort((a, b) => counts.classes[b] - counts.classes[a] || a - b)
      .slice(0, SAMPLE.length);
    if (largest.length === 1) return [[classes[largest[0]].colour, 1]];
    return largest.map((at, place) => [classes[at].colour, SAMPLE[place]]);
  }

  function entryOf(entry, layer, counts) {
    const { heading, label, order, sign } = entry;
    const filled = label
      .replace("{missing}", khyber.thousands(counts.missing))
      .replace("{shown}", khyber.thousands(counts.shown));
    const drawn = entry.when === "counted" ? { ...sign, shares: sharesOf(layer, counts) } : sign;
    return { heading, label: filled, order, sign: drawn };
  }

  // A section as khyber.Legend takes it, naming only what is on the map. The style's
  // `legend` and `cap` are written by layers/legend.py.
  khyber.recordLegend = function (layer, painter) {
    const { legend, cap } = layer.style;
    const counts = khyber.countShown(layer);
    if (!counts.shown) return { title: "Records", legend: [], note: "" };
    const signs = lookAt(painter.signs, layer, cap);
    return {
      title: "Records",
      legend: legend
        .filter((entry) => HOLDS[entry.when]({ counts, signs }, entry.at))
        .map((entry) => entryOf(entry, layer, counts)),
      note: signs.capped ? cap.note : "",
    };
  };
})(window.khyber);
