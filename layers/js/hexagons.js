// Records counted in hexagons: one grid for all layers, the same wherever the map is moved.
(function (khyber) {
  "use strict";

  // In CSS pixels, whole ones, so that edges are sharp: distance of middles along a line
  // and from line to line, and half the height of a hexagon (it stands on a corner).
  const WIDE = 28;
  const HIGH = 24;
  const TALL = 16;
  const SPAN = 2 ** 23; // more columns than the world has at the largest zoom
  const A_PATH = 20; // hexagons
  const SEEN_THROUGH = 0.8;
  const FAMILY = '"Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans", Arial, sans-serif';
  const FONT = `600 10.5px ${FAMILY}`;

  // Where classes start, for the largest count that a row is made for.
  const LADDERS = [
    [5, [1, 2, 3, 4, 5]],
    [15, [1, 2, 3, 5, 10]],
    [40, [1, 2, 5, 10, 20]],
    [150, [1, 2, 5, 10, 20, 50]],
    [600, [1, 3, 10, 30, 100, 300]],
    [4000, [1, 5, 20, 100, 500, 2000]],
    [30000, [1, 10, 50, 250, 1000, 5000]],
    [Infinity, [1, 10, 100, 1000, 10000, 100000]],
  ];

  const countsOf = khyber.scratch(Uint32Array);
  const firstsOf = khyber.scratch(Uint32Array);
  const coarseOf = khyber.scratch(Uint32Array);
  const provincesOf = khyber.scratch(Uint32Array);

  // The hexagon at a place measured in columns and lines, as line * span + column; the
  // middles of odd lines are half a column to the right.
  function hexagonAt(u, v, span) {
    const line = Math.floor(v + 0.5);
    const odd = line & 1;
    const along = u - odd / 2;
    const column = Math.floor(along + 0.5);
    const right = along - column;
    const down = v - line;
    // Beyond a slanting edge lies a hexagon of the next line.
    if (Math.abs(down) * 1.5 + Math.abs(right) <= 1) return line * span + column;
    const beside = column + odd - (right < 0 ? 1 : 0);
    return (down < 0 ? line - 1 : line + 1) * span + beside;
  }

  // The hexagons on the canvas with some about it, so that those at its edge are whole.
  function gridOf(frame) {
    const first = Math.floor(frame.left / WIDE) - 2;
    const top = Math.floor(frame.top / HIGH) - 3;
    const columns = Math.ceil(frame.width / WIDE) + 5;
    const lines = Math.ceil(frame.height / HIGH) + 7;
    const limits = khyber.limitsByLine(frame, top, lines, HIGH, WIDE);
    return { first, top, columns, lines, limits, size: columns * lines };
  }

  function countLayer(frame, grid, layer, start) {
    const { x, y, mask, rank, radiusKm } = layer;
    const { columns, limits, counts, firsts, coarse, provinces } = grid;
    const [perX, perY] = [frame.scale / WIDE, frame.scale / HIGH];
    const [west, east] = [grid.first + 1, grid.first + columns - 1];
    const [north, south] = [grid.top + 1, grid.top + grid.lines - 1];
    const origin = grid.top * columns + grid.first;
    for (let row = 0; row < mask.length; row += 1) {
      if (mask[row] === 0) continue;
      const u = x[row] * perX;
      const v = y[row] * perY;
      // Not a number is never within.
      if (!(u >= west && u < east && v >= north && v < south)) continue;
      const at = hexagonAt(u, v, columns) - origin;
      if (khyber.isFine(rank[row], radiusKm[row], limits[(at / columns) | 0])) {
        if (counts[start + at] === 0) firsts[start + at] = row;
        counts[start + at] += 1;
      } else if (khyber.isProvince(rank[row])) provinces[at] += 1;
      else coarse[at] += 1;
    }
  }

  // The sign of a hexagon on the canvas; null where nothing was counted.
  function signOf(frame, grid, at, x, y) {
    const sign = { hex: true, half: WIDE / 2, count: 0, coarse: false, layer: null, layers: [] };
    frame.layers.forEach((layer, order) => {
      const number = grid.counts[order * grid.size + at];
      if (!number) return;
      const owner = layer.layer || layer;
      if (!sign.count) sign.first = { layer: owner, row: grid.firsts[order * grid.size + at] };
      sign.count += number;
      sign.layers.push({ layer: owner, count: number });
    });
    if (!sign.count) return null;
    const line = grid.top + Math.floor(at / grid.columns);
    sign.key = line * SPAN + grid.first + (at % grid.columns);
    return Object.assign(sign, { x: x + frame.layerLeft, y: y + frame.layerTop, classes: [] });
  }

  function countAll(frame, grid) {
    const { size } = grid;
    const room = size * frame.layers.length;
    grid.counts = countsOf(room);
    grid.firsts = firstsOf(room);
    grid.coarse = coarseOf(size);
    grid.provinces = provincesOf(size);
    frame.layers.forEach((layer, order) => countLayer(frame, grid, layer, order * size));
  }

  // Hexagons of which some part is on the canvas, and what is too coarse for them.
  function gather(frame, grid) {
    const found = { signs: [], counted: 0, tooCoarse: 0, onlyProvince: 0 };
    for (let at = 0; at < grid.size; at += 1) {
      const line = grid.top + Math.floor(at / grid.columns);
      const column = grid.first + (at % grid.columns);
      const x = (column + (line & 1) / 2) * WIDE - frame.left;
      const y = line * HIGH - frame.top;
      const beside = x < -WIDE / 2 || x > frame.width + WIDE / 2;
      if (beside || y < -TALL || y > frame.height + TALL) continue;
      found.tooCoarse += grid.coarse[at];
      found.onlyProvince += grid.provinces[at];
      const sign = signOf(frame, grid, at, x, y);
      if (!sign) continue;
      found.signs.push(sign);
      found.counted += sign.count;
    }
    return found;
  }

  function breaksFor(largest, most) {
    const [, ladder] = LADDERS.find(([upTo]) => largest <= upTo);
    return ladder.filter((from, at) => from <= largest && at < most);
  }

  // Colours spread evenly over the ramp; few classes keep to its light end.
  function coloursFor(classes, ramp) {
    const steps = Math.max(classes - 1, 4);
    return Array.from({ length: classes }, (none, at) => khyber.rampAt(ramp, at / steps));
  }

  function outline(pen, x, y) {
    const [half, tall] = [WIDE / 2 - 0.5, TALL - 0.6];
    pen.moveTo(x, y - tall);
    pen.lineTo(x + half, y - tall / 2);
    pen.lineTo(x + half, y + tall / 2);
    pen.lineTo(x, y + tall);
    pen.lineTo(x - half, y + tall / 2);
    pen.lineTo(x - half, y - tall / 2);
    pen.closePath();
  }

  // Filling many in one path is faster than one by one, very many far slower.
  function fillAll(pen, places) {
    for (let from = 0; from < places.length; from += A_PATH) {
      pen.beginPath();
      places.slice(from, from + A_PATH).forEach(([x, y]) => outline(pen, x, y));
      pen.fill();
    }
  }

  // A class is one colour, laid thinly over the map; its numbers stand upon it.
  function paintClass(pen, frame, signs, colour, seen) {
    const { layerLeft, layerTop, ramp } = frame;
    const places = signs.map((sign) => [sign.x - layerLeft, sign.y - layerTop]);
    pen.globalAlpha = SEEN_THROUGH;
    pen.fillStyle = colour;
    fillAll(pen, places);
    pen.globalAlpha = 1;
    pen.fillStyle = khyber.readsOn(seen, ramp.ink, ramp.paper);
    signs.forEach(({ count }, at) => {
      const [x, y] = places[at];
      if (count > 1) pen.fillText(khyber.shortCount(count), x, y + 0.5);
    });
  }

  function paintAll(pen, frame, signs, breaks, colours, seen) {
    const classes = breaks.map(() => []);
    signs.forEach((sign) => {
      let at = breaks.length - 1;
      while (sign.count < breaks[at]) at -= 1;
      classes[at].push(sign);
    });
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.font = FONT;
    classes.forEach((mine, at) => {
      if (mine.length) paintClass(pen, frame, mine, colours[at], seen[at]);
    });
  }

  // Paints the records of all layers of a frame, counted together. Returns {signs, breaks:
  // where classes start, colours: of the classes as they look on land, counted, tooCoarse
  // and onlyProvince: how many records are and are not in a hexagon, acrossKm}.
  khyber.paintHexagons = function (pen, frame) {
    const grid = gridOf(frame);
    countAll(frame, grid);
    const found = gather(frame, grid);
    const largest = found.signs.reduce((most, sign) => Math.max(most, sign.count), 0);
    const breaks = breaksFor(largest, frame.ramp.colours.length);
    const colours = coloursFor(breaks.length, frame.ramp.colours);
    const seen = colours.map((each) => khyber.over(each, SEEN_THROUGH, frame.ramp.paper));
    paintAll(pen, frame, found.signs, breaks, colours, seen);
    const middle = (frame.top + frame.height / 2) / frame.scale;
    return { ...found, breaks, colours: seen, acrossKm: WIDE * frame.kmPerPx(middle) };
  };

  // The key of the hexagon that a row of a table is counted in; -1 if in none.
  khyber.hexagonOf = function (frame, table, row) {
    const [x, y] = [table.x[row], table.y[row]];
    if (!(x === x && y === y)) return -1;
    const key = hexagonAt(x * (frame.scale / WIDE), y * (frame.scale / HIGH), SPAN);
    const limit = khyber.limitAt(frame, Math.floor(key / SPAN), HIGH, WIDE);
    return khyber.isFine(table.rank[row], table.radiusKm[row], limit) ? key : -1;
  };

  // The rows of one of a frame's layers that a hexagon counts: hexagonOf of every row, but
  // quick enough to ask whenever the pointer moves.
  khyber.rowsInHexagon = function (frame, layer, key) {
    const { x, y, mask } = layer;
    const line = Math.floor(key / SPAN);
    const along = key - line * SPAN + (line & 1) / 2;
    const [perX, perY] = [frame.scale / WIDE, frame.scale / HIGH];
    const found = [];
    for (let row = 0; row < mask.length; row += 1) {
      if (mask[row] === 0) continue;
      // About the hexagon; what is not a number is not.
      if (!(Math.abs(x[row] * perX - along) < 1 && Math.abs(y[row] * perY - line) < 1)) continue;
      if (khyber.hexagonOf(frame, layer, row) === key) found.push(row);
    }
    return found;
  };
})(window.khyber);
