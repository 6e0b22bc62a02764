// Counting records into small cells of the screen: the first step to signs.
(function (khyber) {
  "use strict";

  // Side of a cell in CSS pixels: about that of one record's sign, so that records of
  // one cell would hide each other.
  const CELL = 12;
  // Cells beyond the canvas that are counted too, so that signs at its edge come out the
  // same wherever the edge is.
  const MARGIN = 5;
  const COARSE_FROM = 2; // rank of a district
  const TOWN = 1;
  // Share of the rows from which looking at all of them is faster: they lie in a row in
  // memory, and those of some buckets do not.
  const ALL_FROM = 0.25;

  // The part of the world that is counted: whole cells about a canvas whose top left
  // corner is at (left, top) in world pixels. Cells keep their place in the world.
  khyber.cellFrame = function (left, top, width, height, scale) {
    const first = Math.floor(left / CELL) - MARGIN;
    const line = Math.floor(top / CELL) - MARGIN;
    const columns = Math.ceil((left + width) / CELL) + MARGIN - first;
    const lines = Math.ceil((top + height) / CELL) + MARGIN - line;
    return { left: first * CELL, top: line * CELL, columns, lines, scale, CELL };
  };

  // Each cell has two slots: one for exact and one for coarse records.
  function emptySlots(slots, count, classes, valued) {
    const fresh = !slots || slots.count.length < count || slots.kinds !== classes;
    if (fresh) {
      return {
        kinds: classes,
        count: new Uint32Array(count),
        first: new Uint32Array(count),
        sumX: new Float64Array(count),
        sumY: new Float64Array(count),
        open: new Uint32Array(count),
        towns: new Uint32Array(count),
        classes: new Uint32Array(count * classes),
        stated: new Uint32Array(count),
        value: new Float64Array(count),
      };
    }
    ["count", "sumX", "sumY", "open", "towns"].forEach((name) => slots[name].fill(0, 0, count));
    slots.classes.fill(0, 0, count * classes);
    if (valued) ["stated", "value"].forEach((name) => slots[name].fill(0, 0, count));
    return slots;
  }

  khyber.rowsWithin = function (layer, frame) {
    const { left, top, scale, columns, lines } = frame;
    const { buckets } = layer;
    const right = (left + columns * CELL) / scale;
    const rows = buckets.within(left / scale, top / scale, right, (top + lines * CELL) / scale);
    return rows.length > ALL_FROM * layer.mask.length ? null : rows;
  };

  // The rows in and about some cells of a frame.
  khyber.rowsAbout = function (layer, frame, cells) {
    const { left, top, scale, columns } = frame;
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    cells.forEach((cell) => {
      const column = cell % columns;
      const line = (cell - column) / columns;
      [west, east] = [Math.min(west, column), Math.max(east, column)];
      [north, south] = [Math.min(north, line), Math.max(south, line)];
    });
    const [x, y] = [(column) => (left + column * CELL) / scale, (line) => (top + line * CELL) / scale];
    return layer.buckets.within(x(west), y(north), x(east + 1), y(south + 1));
  };

  // Count a layer's records by slot. One pass over plain arrays: this is what has to be
  // fast at some hundred thousand records.
  khyber.countCells = function (layer, frame, reused) {
    const { mask, classes, open, value } = layer;
    const { x, y, rank } = layer.table;
    const { left, top, scale, columns, lines } = frame;
    const kinds = layer.style.colour.classes.length;
    const slots = emptySlots(reused, columns * lines * 2, kinds, Boolean(value));
    const { count, first, sumX, sumY, towns } = slots;
    const rows = khyber.rowsWithin(layer, frame);
    const many = rows ? rows.length : mask.length;
    const [width, height] = [columns * CELL, lines * CELL];
    for (let at = 0; at < many; at += 1) {
      const row = rows ? rows[at] : at;
      if (mask[row] === 0) continue;
      const px = x[row] * scale - left;
      const py = y[row] * scale - top;
      // A record without a place (NaN) is in no box.
      if (!(px >= 0 && py >= 0 && px < width && py < height)) continue;
      const cell = ((py / CELL) | 0) * columns + ((px / CELL) | 0);
      const slot = cell * 2 + (rank[row] >= COARSE_FROM ? 1 : 0);
      if (count[slot] === 0 || row < first[slot]) first[slot] = row;
      count[slot] += 1;
      sumX[slot] += px;
      sumY[slot] += py;
      slots.classes[slot * kinds + classes[row]] += 1;
      if (open[row] === 1) slots.open[slot] += 1;
      if (rank[row] === TOWN) towns[slot] += 1;
      if (value && value[row] === value[row]) {
        slots.stated[slot] += 1;
        slots.value[slot] += value[row];
      }
    }
    return slots;
  };

  // The cell of a record in a frame, or -1.
  khyber.cellOf = function (table, row, frame) {
    const px = table.x[row] * frame.scale - frame.left;
    const py = table.y[row] * frame.scale - frame.top;
    const inside = px >= 0 && py >= 0 && px < frame.columns * CELL && py < frame.lines * CELL;
    return inside ? ((py / CELL) | 0) * frame.columns + ((px / CELL) | 0) : -1;
  };

  khyber.isCoarse = (table, row) => table.rank[row] >= COARSE_FROM;
})(window.khyber);
