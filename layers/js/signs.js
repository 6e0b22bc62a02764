// Symbols: shape says what, colour who or which goods, fill who acted, size how much.
(function (khyber) {
  "use strict";

  const OUTLINE = "rgba(30,26,22,.6)";

  // Whether black text reads better than white on a colour "#rrggbb".
  function isLight(colour) {
    const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
    return 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2] > 0.5;
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
    return khyber.svg("circle", { r: half, ...attributes });
  }

  function leftHalf(shape, size, attributes) {
    const half = size / 2;
    const paths = {
      square: `M0,${-half}H${-half}V${half}H0Z`,
      diamond: `M0,${-half}L${-half},0L0,${half}Z`,
      circle: `M0,${-half}A${half},${half} 0 0 0 0,${half}Z`,
    };
    return khyber.svg("path", { d: paths[shape] || paths.circle, ...attributes });
  }

  function bodies(sign) {
    const { shape, colour, size } = sign;
    const fill = sign.fill || "full";
    if (sign.hollow) {
      return [outline(shape, size, { fill: "#fff", stroke: colour, "stroke-width": 1.4 })];
    }
    if (sign.badge) {
      const line = { stroke: colour, "stroke-width": fill === "open" ? 2 : 1.2 };
      const under = outline(shape, size, { fill: "#fffdf8", ...line });
      const tint = { fill: colour, "fill-opacity": 0.28 };
      if (fill === "full") return [under, outline(shape, size, tint)];
      return fill === "half" ? [under, leftHalf(shape, size, tint)] : [under];
    }
    if (fill === "full") {
      const edge = sign.soft ? { stroke: "none" } : { stroke: OUTLINE, "stroke-width": 0.9 };
      // A large sign lets through what lies under it.
      const through = size > 30 ? { "fill-opacity": 0.6 } : {};
      const made = [outline(shape, size, { fill: colour, ...edge, ...through })];
      if (sign.several) {
        const inner = { fill: "none", stroke: "#fff", "stroke-width": 1 };
        made.push(outline(shape, size - 4, inner));
      }
      return made;
    }
    const width = Math.max(2, size * 0.16);
    const open = { fill: "#fff", "fill-opacity": size > 30 ? 0.6 : 1, stroke: colour, "stroke-width": width };
    const made = [outline(shape, size - width, open)];
    if (fill === "half") made.push(leftHalf(shape, size - width, { fill: colour }));
    return made;
  }

  // The halo sets a sign off from the ground; a soft one spreads the place instead.
  function halo(sign) {
    if (sign.soft) {
      const tint = { fill: sign.colour, "fill-opacity": 0.26 };
      return outline(sign.shape, sign.size + 7, { ...tint, rx: 4 });
    }
    const large = sign.size > 30;
    return outline(sign.shape, sign.size + 2.4, { fill: "#fff", "fill-opacity": large ? 0.3 : 0.75 });
  }

  function number(sign) {
    if (!(sign.count > 1) && !sign.badge) return null;
    const wide = String(sign.count || 1).length;
    const size = Math.min(12, Math.max(9, sign.size * (wide > 2 ? 0.42 : 0.58)));
    if (sign.size < 9) return null;
    const solid = (sign.fill || "full") === "full" && !sign.hollow && !sign.badge;
    const white = solid && !isLight(sign.colour);
    return khyber.svg("text", {
      class: "ka-count" + (sign.fill === "half" ? " ka-count-haloed" : ""),
      "text-anchor": "middle",
      dy: "0.36em",
      "font-size": size,
      fill: white ? "#fff" : "#1c1a18",
      text: String(sign.count || 1),
    });
  }

  function lineSign(sign) {
    const dash = sign.dashed ? "1 5" : null;
    return khyber.svg("line", {
      x1: -12,
      x2: 12,
      y1: 0,
      y2: 0,
      stroke: sign.colour,
      "stroke-width": sign.size,
      "stroke-dasharray": sign.size > 2 && sign.dashed ? "6 4" : dash,
      "stroke-linecap": sign.dashed && sign.size <= 2 ? "round" : "butt",
    });
  }

  function areaSign(sign) {
    const look = { fill: sign.colour, "fill-opacity": 0.22, stroke: sign.colour };
    return khyber.svg("rect", { x: -11, y: -7, width: 22, height: 14, ...look });
  }

  function ringSign(sign) {
    const look = { fill: sign.colour, "fill-opacity": 0.1, stroke: sign.colour };
    return khyber.svg("circle", { r: 9, "stroke-dasharray": "3 2", ...look });
  }

  // An <svg> of a sign, its middle at the middle of the box.
  khyber.signSvg = function (sign) {
    const special = { line: lineSign, area: areaSign, ring: ringSign }[sign.shape];
    const parts = special
      ? [special(sign)]
      : [sign.badge ? null : halo(sign), ...bodies(sign), number(sign)];
    const box = special ? 26 : Math.ceil(sign.size + (sign.soft ? 10 : 6));
    const high = sign.shape === "line" ? 14 : sign.shape === "area" ? 18 : box;
    const view = `${-box / 2} ${-high / 2} ${box} ${high}`;
    const attributes = { width: box, height: high, viewBox: view, "aria-hidden": "true" };
    return khyber.svg("svg", attributes, parts);
  };

  // A marker that can be reached and opened by mouse, touch and keyboard.
  khyber.signMarker = function (latlng, sign, name, pane, open) {
    const drawn = khyber.signSvg(sign);
    const box = Number(drawn.getAttribute("width"));
    const aside = (sign.shift || 0) * (sign.size / 2 + 1 + (sign.clear || 0));
    const icon = L.divIcon({
      html: drawn,
      className: "ka-sign",
      iconSize: [box, box],
      iconAnchor: [box / 2 - aside, box / 2],
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
