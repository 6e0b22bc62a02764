// Where coarse records may lie: washes of provinces and rings about districts.
(function (khyber) {
  "use strict";

  const WORLD = 256; // pixels of the world square at zoom 0
  const PROVINCE = 3;
  const EARTH_KM = 40075.016686; // the equator
  const MOST_RINGS = 250;
  const TURN = 2 * Math.PI;

  function pathOf(geometry) {
    const path = new Path2D();
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    polygons.flat().forEach((ring) => {
      ring.forEach(([lon, lat], at) => {
        const point = L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lon), 0);
        if (at === 0) path.moveTo(point.x, point.y);
        else path.lineTo(point.x, point.y);
      });
      path.closePath();
    });
    return path;
  }

  // Outlines are made when first painted and kept with their area.
  const outlineOf = (area) => (area.path = area.path || pathOf(area.geometry));

  // Classes of a layer's matching records by province, of those known only to it.
  khyber.classesByProvince = function (layer) {
    const { table, mask, classes } = layer;
    const { raw, values } = table.columns.get("unit");
    const kinds = layer.style.colour.classes.length;
    const seen = new Uint8Array(values.length * kinds);
    provinceRows(table).forEach((row) => {
      if (mask[row]) seen[raw[row] * kinds + classes[row]] = 1;
    });
    const found = new Map();
    values.forEach((unit, code) => {
      const mine = [...Array(kinds).keys()].filter((at) => seen[code * kinds + at]);
      if (mine.length) found.set(unit, mine);
    });
    return found;
  };

  function provinceRows(table) {
    if (!table.provinceRows) {
      const rows = [];
      table.rank.forEach((rank, row) => rank === PROVINCE && rows.push(row));
      table.provinceRows = Uint32Array.from(rows);
    }
    return table.provinceRows;
  }

  function inWorld(pen, frame, paint) {
    pen.save();
    const size = frame.scale / WORLD;
    pen.translate(-frame.left, -frame.top);
    pen.scale(size, size);
    pen.lineWidth = 1.5 / size;
    paint();
    pen.restore();
  }

  // frame: {left, top (world pixels of the canvas' corner), scale}
  khyber.paintWashes = function (pen, frame, layers, areas, grey) {
    const shown = new Map();
    layers.forEach((layer) =>
      layer.provinces.forEach((classes, unit) => {
        const colours = classes.map((at) => layer.style.colour.classes[at].colour);
        shown.set(unit, [...(shown.get(unit) || []), ...colours]);
      })
    );
    if (!shown.size || !areas) return;
    inWorld(pen, frame, () => {
      pen.globalAlpha = 0.06;
      shown.forEach((colours, unit) => {
        if (!areas[unit]) return;
        pen.fillStyle = colours.every((each) => each === colours[0]) ? colours[0] : grey;
        pen.fill(outlineOf(areas[unit]));
      });
    });
  };

  khyber.paintProvince = function (pen, frame, area, colour) {
    if (!area) return;
    inWorld(pen, frame, () => {
      pen.fillStyle = pen.strokeStyle = colour;
      pen.globalAlpha = 0.2;
      pen.fill(outlineOf(area));
      pen.globalAlpha = 0.8;
      pen.stroke(outlineOf(area));
    });
  };

  // Kilometres on the ground of one pixel, at a place in the world square.
  khyber.kmPerPx = function (y, scale) {
    return EARTH_KM / scale / Math.cosh((0.5 - y) * TURN);
  };

  function ring(pen, x, y, radius, strong) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, TURN);
    pen.globalAlpha = strong ? 0.18 : 0.03;
    pen.fill();
    pen.globalAlpha = strong ? 1 : 0.5;
    pen.stroke();
  }

  // The ring of a sign whose records share one district's point, if it is wider than the
  // sign: {x, y (in the frame), radius}.
  khyber.ringOf = function (sign, frame) {
    const { table } = sign.layer;
    if (!sign.coarse || sign.spread || table.rank[sign.first] === PROVINCE) return null;
    const [x, y] = [table.x[sign.first], table.y[sign.first]];
    const radius = table.radiusKm[sign.first] / khyber.kmPerPx(y, frame.scale);
    if (radius < sign.half + 3) return null;
    return { x: x * frame.scale - frame.left, y: y * frame.scale - frame.top, radius };
  };

  khyber.paintRings = function (pen, frame, signs, colourOf) {
    pen.save();
    pen.setLineDash([4, 3]);
    pen.lineWidth = 1;
    let left = MOST_RINGS;
    signs.forEach((sign) => {
      const found = left > 0 && khyber.ringOf(sign, frame);
      if (!found) return;
      left -= 1;
      pen.strokeStyle = pen.fillStyle = colourOf(sign);
      ring(pen, found.x, found.y, found.radius, false);
    });
    pen.restore();
  };

  // What lights up under the pointer: the area in which a coarse sign's records lie.
  khyber.paintLit = function (pen, frame, sign, areas, colour) {
    const { table } = sign.layer;
    if (table.rank[sign.first] === PROVINCE && !sign.spread) {
      const { raw, values } = table.columns.get("unit");
      khyber.paintProvince(pen, frame, areas && areas[values[raw[sign.first]]], colour);
      return;
    }
    const found = khyber.ringOf(sign, frame);
    if (!found) return;
    pen.save();
    pen.lineWidth = 2;
    pen.strokeStyle = pen.fillStyle = colour;
    ring(pen, found.x, found.y, found.radius, true);
    pen.restore();
  };
})(window.khyber);
