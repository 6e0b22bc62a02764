// Heat: where records lie thick, as a smooth tint.
(function (khyber) {
  "use strict";

  const CELL = 4; // side of a cell of the grid, in CSS pixels
  const HALF_BOX = 3; // cells
  const PASSES = 4; // so many boxes make a bell curve; with three its foot is a square
  const MARGIN = PASSES * HALF_BOX; // cells that a record's tint reaches
  const REACH = MARGIN * CELL;
  const STEPS = 256;
  // How the tint covers the ground at steps from 0 to 1: not at all below the first, so
  // that its rim does not show; as much as it ever does from the second on.
  const CLEAR_BELOW = 0.03;
  const SOLID_FROM = 0.45;
  const OPAQUE = 0.82;
  // So many records at one place are needed for the full colour: one alone is not hot.
  const LEAST_FULL = 10;
  // From so many at one place on, the tint of one alone is faint.
  const FAINT_FROM = 40;

  const weightsOf = khyber.scratch(Float32Array);
  const blurredOf = khyber.scratch(Float32Array);
  const sumsOf = khyber.scratch(Float64Array);
  const canvas = { node: null, image: null, pixels: null };
  const tints = { key: "", table: new Uint32Array(STEPS) };

  // Cells of world pixels about the canvas: their tint does not change as the map moves.
  function gridOf(frame) {
    const first = Math.floor(frame.left / CELL) - MARGIN;
    const top = Math.floor(frame.top / CELL) - MARGIN;
    const columns = Math.ceil(frame.width / CELL) + 2 * MARGIN + 1;
    const lines = Math.ceil(frame.height / CELL) + 2 * MARGIN + 1;
    const limits = khyber.limitsByLine(frame, top, lines, CELL, REACH);
    return { first, top, columns, lines, limits, size: columns * lines };
  }

  function countLayer(frame, grid, layer, weights, found) {
    const { x, y, mask, rank, radiusKm } = layer;
    const { first, top, columns, lines, limits } = grid;
    const per = frame.scale / CELL;
    let [counted, tooCoarse, onlyProvince] = [0, 0, 0];
    for (let row = 0; row < mask.length; row += 1) {
      if (mask[row] === 0) continue;
      const column = x[row] * per - first;
      const line = y[row] * per - top;
      // Not a number is never within.
      if (!(column >= 0 && column < columns && line >= 0 && line < lines)) continue;
      const inside =
        column >= MARGIN && column < columns - MARGIN && line >= MARGIN && line < lines - MARGIN;
      if (khyber.isFine(rank[row], radiusKm[row], limits[line | 0])) {
        weights[(line | 0) * columns + (column | 0)] += 1;
        if (inside) counted += 1;
      } else if (inside) {
        if (khyber.isProvince(rank[row])) onlyProvince += 1;
        else tooCoarse += 1;
      }
    }
    found.counted += counted;
    found.tooCoarse += tooCoarse;
    found.onlyProvince += onlyProvince;
  }

  // A running mean along each line.
  function blurAlong(from, to, columns, lines) {
    const share = 1 / (2 * HALF_BOX + 1);
    for (let line = 0; line < lines; line += 1) {
      const start = line * columns;
      let sum = 0;
      for (let at = 0; at < HALF_BOX; at += 1) sum += from[start + at];
      for (let at = 0; at < columns; at += 1) {
        if (at + HALF_BOX < columns) sum += from[start + at + HALF_BOX];
        if (at > HALF_BOX) sum -= from[start + at - HALF_BOX - 1];
        to[start + at] = sum * share;
      }
    }
  }

  // The same across the lines, a whole line at a time, as memory likes it.
  function blurAcross(from, to, columns, lines) {
    const share = 1 / (2 * HALF_BOX + 1);
    const sums = sumsOf(columns);
    for (let line = -HALF_BOX; line < lines; line += 1) {
      const enter = (line + HALF_BOX) * columns;
      const leave = (line - HALF_BOX - 1) * columns;
      if (line + HALF_BOX < lines) {
        for (let at = 0; at < columns; at += 1) sums[at] += from[enter + at];
      }
      if (leave >= 0) for (let at = 0; at < columns; at += 1) sums[at] -= from[leave + at];
      if (line < 0) continue;
      const start = line * columns;
      for (let at = 0; at < columns; at += 1) to[start + at] = sums[at] * share;
    }
  }

  // What one record comes to at its own place once blurred.
  function peakOfOne() {
    const box = new Float64Array(2 * MARGIN + 1);
    box[MARGIN] = 1;
    let curve = box;
    for (let pass = 0; pass < PASSES; pass += 1) {
      curve = curve.map((none, at) => {
        const near = curve.subarray(Math.max(0, at - HALF_BOX), at + HALF_BOX + 1);
        return near.reduce((sum, each) => sum + each, 0) / (2 * HALF_BOX + 1);
      });
    }
    return curve[MARGIN] ** 2;
  }
  const PEAK_OF_ONE = peakOfOne();

  function largestInside(grid, weights) {
    let largest = 0;
    for (let line = MARGIN; line < grid.lines - MARGIN; line += 1) {
      const end = (line + 1) * grid.columns - MARGIN;
      for (let at = line * grid.columns + MARGIN; at < end; at += 1) {
        if (weights[at] > largest) largest = weights[at];
      }
    }
    return largest;
  }

  function coverAt(step) {
    const rise = Math.max(0, Math.min(1, (step - CLEAR_BELOW) / (SOLID_FROM - CLEAR_BELOW)));
    return OPAQUE * rise * rise * (3 - 2 * rise);
  }

  function tintsOf(ramp) {
    const key = ramp.join();
    if (tints.key === key) return tints.table;
    tints.key = key;
    const bytes = new Uint8Array(tints.table.buffer);
    for (let at = 0; at < STEPS; at += 1) {
      const step = at / (STEPS - 1);
      const rgb = khyber.channels(khyber.rampAt(ramp, step));
      bytes.set([...rgb, Math.round(coverAt(step) * 255)], at * 4);
    }
    return tints.table;
  }

  function sized(columns, lines) {
    canvas.node = canvas.node || document.createElement("canvas");
    if (canvas.node.width === columns && canvas.node.height === lines && canvas.image) return;
    canvas.node.width = columns;
    canvas.node.height = lines;
    canvas.image = new ImageData(columns, lines);
    canvas.pixels = new Uint32Array(canvas.image.data.buffer);
  }

  function paintGrid(pen, frame, grid, weights, full) {
    const table = tintsOf(frame.ramp.colours);
    sized(grid.columns, grid.lines);
    const { node, image, pixels } = canvas;
    // By the root: area of a sign would say it so, and thin places stay to be seen.
    for (let at = 0; at < grid.size; at += 1) {
      // A running mean may end a hair below nothing.
      const step = Math.sqrt(Math.max(0, weights[at]) / full);
      pixels[at] = table[step < 1 ? (step * STEPS) | 0 : STEPS - 1];
    }
    node.getContext("2d").putImageData(image, 0, 0);
    pen.imageSmoothingEnabled = true;
    const [x, y] = [grid.first * CELL - frame.left, grid.top * CELL - frame.top];
    pen.drawImage(node, x, y, grid.columns * CELL, grid.lines * CELL);
  }

  // Paints the records of all layers of a frame as one tint. Returns {signs: [], counted,
  // tooCoarse and onlyProvince: how many records on the canvas are and are not in it,
  // colours: some of the tint as they look on land, faint: whether a record alone hardly
  // shows, reachKm}.
  khyber.paintHeat = function (pen, frame) {
    const grid = gridOf(frame);
    const found = { signs: [], counted: 0, tooCoarse: 0, onlyProvince: 0 };
    const weights = weightsOf(grid.size);
    frame.layers.forEach((layer) => countLayer(frame, grid, layer, weights, found));
    const blurred = blurredOf(grid.size);
    for (let pass = 0; pass < PASSES; pass += 1) {
      blurAlong(weights, blurred, grid.columns, grid.lines);
      blurAcross(blurred, weights, grid.columns, grid.lines);
    }
    const full = Math.max(largestInside(grid, weights), LEAST_FULL * PEAK_OF_ONE);
    paintGrid(pen, frame, grid, weights, full);
    const { colours, paper } = frame.ramp;
    const seen = (step) => khyber.over(khyber.rampAt(colours, step), coverAt(step), paper);
    const middle = (frame.top + frame.height / 2) / frame.scale;
    return {
      ...found,
      colours: [0.25, 0.5, 0.75, 1].map(seen),
      faint: full >= FAINT_FROM * PEAK_OF_ONE,
      reachKm: REACH * frame.kmPerPx(middle),
    };
  };
})(window.khyber);
