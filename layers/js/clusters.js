// From cells to signs: what would hide its neighbours is counted together with them.
(function (khyber) {
  "use strict";

  // How close two signs may come, as a share of the sum of their halves: exact and coarse
  // ones. Coarse ones stand for areas and are kept further apart.
  const NEAREST = [0.94, 1.25];
  const ROUNDS = 3;
  const GAP = 1; // between the signs of two layers at one place
  const WIDEST_NEAR = 20; // half of the widest neighbour that is looked for
  const LARGEST_APART = 12; // half from which on a sign of a measure lets others lie over it
  const SAME_PX = 0.01;
  const BADGE_PX = { one: 9, more: 14 };
  const MOST_CLUMPS = 2 ** 20;
  const SUMS = ["count", "open", "towns", "stated", "value"];

  // Width of a sign that stands for some records, in CSS pixels. A measure is shown by
  // area; a number by steps, as it is written inside.
  khyber.signPx = function (style, count, value, stated) {
    const { measure, steps } = style;
    if (!measure) {
      let at = steps.length - 1;
      while (at > 0 && count < steps[at][0]) at -= 1;
      return steps[at][1];
    }
    if (!stated || value <= 0) return measure.smallest_px;
    const px = measure.full_px * Math.sqrt(value / measure.full);
    return Math.min(Math.max(px, measure.smallest_px), measure.largest_px);
  };

  function partPx(layer, count, value, stated, coarse) {
    const px = khyber.signPx(layer.style, count, value, stated);
    // A number must be readable, however little the measure says.
    if (!coarse) return count > 1 ? Math.max(px, BADGE_PX.more) : px;
    return Math.max(count > 1 ? BADGE_PX.more : BADGE_PX.one, px - 3);
  }

  // The cells that hold records, as columns: for each its place, and by layer its count,
  // its value of the measure and how many state one.
  class Clumps {
    constructor(counted, frame, coarse) {
      const slotCells = frame.columns * frame.lines;
      this.counted = counted;
      this.frame = frame;
      this.coarse = coarse;
      this.measured = counted.some(({ layer }) => layer.style.measure);
      this.at = new Int32Array(slotCells).fill(-1);
      const cells = [];
      for (let cell = 0; cell < slotCells; cell += 1) {
        for (let which = 0; which < counted.length; which += 1) {
          if (counted[which].slots.count[cell * 2 + coarse] === 0) continue;
          this.at[cell] = cells.length;
          cells.push(cell);
          break;
        }
      }
      this.cells = Uint32Array.from(cells);
      this.fill(counted, coarse);
    }

    fill(counted, coarse) {
      const many = this.cells.length;
      const layers = counted.length;
      ["x", "y", "half", "weight"].forEach((name) => (this[name] = new Float64Array(many)));
      ["count", "value", "stated"].forEach((name) => (this[name] = new Float64Array(many * layers)));
      this.owner = new Int32Array(many).fill(-1);
      for (let clump = 0; clump < many; clump += 1) {
        const slot = this.cells[clump] * 2 + coarse;
        for (let which = 0; which < layers; which += 1) {
          const { layer, slots } = counted[which];
          const count = slots.count[slot];
          if (count === 0) continue;
          this.weight[clump] += count;
          this.x[clump] += slots.sumX[slot];
          this.y[clump] += slots.sumY[slot];
          this.count[clump * layers + which] = count;
          if (!layer.value) continue;
          this.value[clump * layers + which] = slots.value[slot];
          this.stated[clump * layers + which] = slots.stated[slot];
        }
        this.x[clump] /= this.weight[clump];
        this.y[clump] /= this.weight[clump];
        this.half[clump] = this.widthOf(clump) / 2;
      }
    }

    pxOf(clump, which) {
      const at = clump * this.counted.length + which;
      const { layer } = this.counted[which];
      return partPx(layer, this.count[at], this.value[at], this.stated[at] > 0, this.coarse);
    }

    widthOf(clump) {
      let width = -GAP;
      for (let which = 0; which < this.counted.length; which += 1) {
        if (this.count[clump * this.counted.length + which]) width += this.pxOf(clump, which) + GAP;
      }
      return width;
    }

    // Small signs may lie over a large one, whose area says how much.
    reach(clump) {
      return this.measured ? Math.min(this.half[clump], LARGEST_APART) : this.half[clump];
    }

    // The largest first; of equals, the first cell.
    order() {
      const keys = Float64Array.from(this.weight, (weight, clump) => clump - weight * MOST_CLUMPS);
      return keys.sort().map((key) => ((key % MOST_CLUMPS) + MOST_CLUMPS) % MOST_CLUMPS);
    }

    // Each takes in what it would hide, and grows by it.
    merge() {
      this.order().forEach((clump) => {
        if (this.owner[clump] >= 0) return;
        this.owner[clump] = clump;
        for (let round = 0; round < ROUNDS && this.takeNeighbours(clump); round += 1) {
          this.half[clump] = this.widthOf(clump) / 2;
        }
      });
    }

    takeNeighbours(clump) {
      const { columns, lines, CELL } = this.frame;
      const mine = this.reach(clump);
      const away = Math.ceil((mine + WIDEST_NEAR) / CELL);
      const column = this.cells[clump] % columns;
      const line = (this.cells[clump] - column) / columns;
      const [lastLine, lastColumn] = [Math.min(lines - 1, line + away), Math.min(columns - 1, column + away)];
      let taken = false;
      for (let down = Math.max(0, line - away); down <= lastLine; down += 1) {
        for (let right = Math.max(0, column - away); right <= lastColumn; right += 1) {
          const other = this.at[down * columns + right];
          if (other < 0 || this.owner[other] >= 0) continue;
          const [dx, dy] = [this.x[other] - this.x[clump], this.y[other] - this.y[clump]];
          const limit = (mine + this.reach(other)) * NEAREST[this.coarse];
          if (dx * dx + dy * dy >= limit * limit) continue;
          this.take(clump, other);
          taken = true;
        }
      }
      return taken;
    }

    take(clump, other) {
      const layers = this.counted.length;
      this.owner[other] = clump;
      this.weight[clump] += this.weight[other];
      for (let which = 0; which < layers; which += 1) {
        ["count", "value", "stated"].forEach((name) => {
          this[name][clump * layers + which] += this[name][other * layers + which];
        });
      }
    }

    // What is left, with the cells that each took in.
    clusters() {
      const found = new Map();
      this.cells.forEach((cell, clump) => {
        const owner = this.owner[clump];
        if (!found.has(owner)) {
          found.set(owner, { x: this.x[owner], y: this.y[owner], half: this.half[owner], cells: [] });
        }
        found.get(owner).cells.push(cell);
      });
      return [...found].map(([owner, cluster]) => ({ ...cluster, parts: this.parts(owner, cluster) }));
    }

    parts(owner, cluster) {
      const parts = [];
      this.counted.forEach(({ layer, slots }, which) => {
        if (!this.count[owner * this.counted.length + which]) return;
        const slotsOf = cluster.cells.map((cell) => cell * 2 + this.coarse);
        parts.push(partOf(layer, slots, slotsOf, this.pxOf(owner, which), this.frame));
      });
      return parts;
    }
  }

  // Whether the records of a slot are at more than one place.
  function isSpread(layer, slots, slot, frame) {
    const { x, y } = layer.table;
    const first = slots.first[slot];
    const count = slots.count[slot];
    const offX = slots.sumX[slot] / count - (x[first] * frame.scale - frame.left);
    const offY = slots.sumY[slot] / count - (y[first] * frame.scale - frame.top);
    return Math.abs(offX) > SAME_PX || Math.abs(offY) > SAME_PX;
  }

  // All that a sign says of one layer's records in some slots.
  function partOf(layer, slots, slotsOf, size, frame) {
    const { kinds } = slots;
    const part = { layer, size, first: Infinity };
    SUMS.forEach((name) => (part[name] = 0));
    part.classes = new Array(kinds).fill(0);
    let filled = 0;
    slotsOf.forEach((slot) => {
      if (!slots.count[slot]) return;
      filled += 1;
      part.count += slots.count[slot];
      part.open += slots.open[slot];
      part.towns += slots.towns[slot];
      part.stated += layer.value ? slots.stated[slot] : 0;
      part.value += layer.value ? slots.value[slot] : 0;
      part.first = Math.min(part.first, slots.first[slot]);
      for (let at = 0; at < kinds; at += 1) part.classes[at] += slots.classes[slot * kinds + at];
    });
    part.spread = filled > 1 || isSpread(layer, slots, slotsOf.find((slot) => slots.count[slot]), frame);
    return part;
  }

  // counted: [{layer, slots}] of one frame, in the order of the layers. Returns the exact
  // and the coarse clusters: {x, y (in the frame), half, cells, parts: one a layer}.
  khyber.clusters = function (counted, frame) {
    const [exact, coarse] = [0, 1].map((which) => {
      const clumps = new Clumps(counted, frame, which);
      clumps.merge();
      return clumps.clusters();
    });
    return { exact, coarse };
  };

  function addPart(parts, part) {
    const mine = parts.find((each) => each.layer === part.layer);
    if (!mine) {
      parts.push(part);
      return;
    }
    SUMS.forEach((name) => (mine[name] += part[name]));
    part.classes.forEach((count, at) => (mine.classes[at] += count));
    mine.first = Math.min(mine.first, part.first);
    mine.spread = true;
    mine.size = partPx(mine.layer, mine.count, mine.value, mine.stated > 0, true);
  }

  // Count a coarse cluster with another, which keeps its place.
  khyber.joinClusters = function (cluster, other) {
    cluster.cells.push(...other.cells);
    other.parts.forEach((part) => addPart(cluster.parts, part));
    cluster.parts.sort((a, b) => a.layer.order - b.layer.order);
    cluster.half = cluster.parts.reduce((width, part) => width + part.size + GAP, -GAP) / 2;
  };

  khyber.SIGN_GAP = GAP;
})(window.khyber);
