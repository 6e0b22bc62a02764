// Symbols: shape says what, colour who or which goods, fill who acted, size how much.
// The legend and the crossings are drawn here; stamps.js paints records to look the same.
(function (khyber) {
  "use strict";

  const { PAPER, INK, OUTLINE, RING, LARGE } = khyber.SIGN_LOOK;
  const BADGE = 11; // the sign within a ring or area of the legend
  const TURN = 2 * Math.PI;
  const CORNERS = [0.125, 0.375, 0.625, 0.875]; // of a square, in shares of its edge

  const px = (number) => Number(number.toFixed(2));

  // A point of a shape's edge by the share of its length from the top, clockwise.
  function edgeAt(shape, half, share) {
    if (shape !== "square") {
      return `${px(half * Math.sin(share * TURN))},${px(-half * Math.cos(share * TURN))}`;
    }
    const sides = ((share + 0.125) % 1) * 4;
    const side = Math.floor(sides);
    const along = px(half * (2 * (sides - side) - 1));
    return [[along, -half], [half, along], [-along, half], [-half, -along]][side].join(",");
  }

  // The part of a square or circle between two shares of its edge, as the data of a path.
  khyber.wedgePath = function (shape, half, from, to) {
    const [first, last] = [edgeAt(shape, half, from), edgeAt(shape, half, to)];
    if (shape !== "square") {
      return `M0,0L${first}A${half},${half} 0 ${to - from > 0.5 ? 1 : 0} 1 ${last}Z`;
    }
    const between = CORNERS.filter((corner) => corner > from && corner < to);
    const corners = between.map((corner) => `L${edgeAt(shape, half, corner)}`);
    return `M0,0L${first}${corners.join("")}L${last}Z`;
  };

  // A hexagon that stands on a corner; half: of its width.
  function hexagonPoints(half) {
    const high = px(half / Math.cos(TURN / 12));
    const low = px(high / 2);
    return [
      [0, -high],
      [half, -low],
      [half, low],
      [0, high],
      [-half, low],
      [-half, -low],
    ].join(" ");
  }

  function outline(shape, size, attributes) {
    const half = size / 2;
    if (shape === "square") {
      const box = { x: -half, y: -half, width: size, height: size };
      return khyber.svg("rect", { ...box, ...attributes });
    }
    if (shape === "diamond") {
      const points = `0,${-half} ${half},0 0,${half} ${-half},0`;
      return khyber.svg("polygon", { points: points, ...attributes });
    }
    if (shape === "hexagon") {
      return khyber.svg("polygon", { points: hexagonPoints(half), ...attributes });
    }
    return khyber.svg("circle", { r: half, ...attributes });
  }

  // The halo sets a sign off from the ground; a soft one spreads the place instead.
  function halo({ shape, colour, size, soft }) {
    if (soft) return outline(shape, size + 7, { fill: colour, "fill-opacity": 0.26 });
    const alpha = size > LARGE ? 0.3 : 0.75;
    return outline(shape, size + 2.4, { fill: "#fff", "fill-opacity": alpha });
  }

  function body(sign) {
    const { shape, colour, size } = sign;
    if (sign.hollow) {
      return outline(shape, size - 1.4, { fill: "#fff", stroke: colour, "stroke-width": 1.4 });
    }
    const through = { "fill-opacity": size > LARGE ? 0.6 : 1 };
    if (sign.fill === "open") {
      const width = Math.max(2, size * 0.16);
      const line = { stroke: colour, "stroke-width": width };
      return outline(shape, size - width, { fill: "#fff", ...through, ...line });
    }
    const edge = sign.soft ? {} : { stroke: OUTLINE, "stroke-width": 0.9 };
    return outline(shape, size, { fill: colour, ...through, ...edge });
  }

  // What a counted sign says, as large as there is room for.
  function number(text, room) {
    const size = Math.min(13, Math.max(8.5, room / (0.62 * Math.max(text.length, 1.6))));
    const look = { class: "ka-count", "text-anchor": "middle", dy: "0.36em", fill: INK };
    return khyber.svg("text", { ...look, "font-size": px(size), text: text });
  }

  // What says that a group was struck: paper along the middle of the ring, all round or,
  // where it acted too, on the right.
  function struck({ shape, size, fill }, wide) {
    const line = { fill: "none", stroke: PAPER, "stroke-width": px(wide - 2) };
    if (fill === "open") return outline(shape, size - wide, line);
    const half = px((size - wide) / 2);
    const round = `M0,${-half}A${half},${half} 0 0 1 0,${half}`;
    const d = shape === "square" ? `M0,${-half}H${half}V${half}H0` : round;
    return khyber.svg("path", { d, ...line });
  }

  // A counted sign: a ring of shares about the number; of a square, a frame.
  function counted(sign) {
    const { shape, size, shares } = sign;
    const wide = Math.max(3, size * RING);
    let from = 0;
    const ring = shares.map(([colour, part]) => {
      const at = from;
      from += part;
      if (part >= 1) return outline(shape, size, { fill: colour });
      const d = khyber.wedgePath(shape, size / 2, at, from);
      return khyber.svg("path", { d, fill: colour });
    });
    return [
      outline(shape, size + 2.4, { fill: "#fff", "fill-opacity": 0.8 }),
      ...ring,
      outline(shape, px(size - 2 * wide), { fill: PAPER }),
      sign.fill === "open" || sign.fill === "half" ? struck(sign, wide) : null,
      outline(shape, size, { fill: "none", stroke: OUTLINE, "stroke-width": 0.8 }),
      number(String(sign.count), size - 2 * wide),
    ];
  }

  // The sign in a ring or area: tinted and dashed, of the shape of the kind.
  function badge(shape, colour) {
    const line = { stroke: colour, "stroke-width": 1.3, "stroke-dasharray": "2.5 1.5" };
    const tint = { fill: colour, "fill-opacity": 0.28, ...line };
    return [
      outline(shape, BADGE, { fill: PAPER }),
      outline(shape, BADGE - 1.3, tint),
    ];
  }

  function lineSign(sign) {
    const dash = sign.dashed ? "1 5" : null;
    return [
      khyber.svg("line", {
        x1: -12,
        x2: 12,
        y1: 0,
        y2: 0,
        stroke: sign.colour,
        "stroke-width": sign.size,
        "stroke-dasharray": sign.size > 2 && sign.dashed ? "6 4" : dash,
        "stroke-linecap": sign.dashed && sign.size <= 2 ? "round" : "butt",
      }),
    ];
  }

  function areaSign({ colour, of }) {
    const look = { fill: colour, "fill-opacity": 0.22, stroke: colour };
    const area = khyber.svg("rect", { x: -10, y: -7, width: 20, height: 14, ...look });
    return [area, ...(of ? badge(of, colour) : [])];
  }

  function ringSign({ colour, of }) {
    const look = { fill: colour, "fill-opacity": 0.1, stroke: colour, "stroke-dasharray": "3 2" };
    return [khyber.svg("circle", { r: 10, ...look }), ...(of ? badge(of, colour) : [])];
  }

  const hexagonSign = ({ shape, colour, size }) => [
    outline(shape, size, { fill: colour, stroke: PAPER, "stroke-width": 1 }),
  ];

  // Signs that are not drawn like those of points: how, and how high their box is.
  const SPECIAL = {
    line: [lineSign, 14],
    area: [areaSign, 18],
    ring: [ringSign, 23],
    hexagon: [hexagonSign, 20],
  };

  // An <svg> of a sign (layers/data.py), its middle at the middle of the box. `shares`,
  // [[colour, part], …] that add up to 1, makes it a counted one.
  khyber.signSvg = function (sign) {
    const [draw, height] = SPECIAL[sign.shape] || [];
    const around = sign.soft ? 10 : sign.shares ? 4 : 6;
    const box = Math.ceil(sign.size + around);
    const parts = draw ? draw(sign) : sign.shares ? counted(sign) : [halo(sign), body(sign)];
    const [wide, high] = draw ? [sign.shape === "line" ? 26 : 23, height] : [box, box];
    const view = `${-wide / 2} ${-high / 2} ${wide} ${high}`;
    const attributes = { width: wide, height: high, viewBox: view, "aria-hidden": "true" };
    return khyber.svg("svg", attributes, parts);
  };

  // A marker that can be reached and opened by mouse, touch and keyboard.
  khyber.signMarker = function (latlng, sign, name, pane, open) {
    const drawn = khyber.signSvg(sign);
    const box = Number(drawn.getAttribute("width"));
    const icon = L.divIcon({
      html: drawn,
      className: "ka-sign",
      iconSize: [box, box],
      iconAnchor: [box / 2, box / 2],
    });
    // Small signs above large ones, so that none is buried.
    const above = Math.round(2000 - sign.size * 10);
    const marker = L.marker(latlng, { icon, pane, title: name, zIndexOffset: above });
    marker.on("add", () => {
      const node = marker.getElement();
      node.setAttribute("role", "button");
      node.setAttribute("tabindex", "0");
      node.setAttribute("aria-label", name);
      node.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        open(node);
      });
    });
    marker.on("click", () => open(marker.getElement()));
    return marker;
  };
})(window.khyber);
