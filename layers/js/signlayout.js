// From clusters to the signs of the canvas: side by side, clear of crossings, and those of
// coarse records aside, as they may stand anywhere in their area.
(function (khyber) {
  "use strict";

  const GATE_PX = 16; // how near a sign must come to a crossing's own sign to leave it room
  const GATE_ROOM = 18;
  const BUCKET = 48;
  // Ways and lengths to go aside: the nearest first.
  const WAYS = [[1, 1], [-1, 1], [1, -1], [-1, -1], [0, 1.3], [1.3, 0], [-1.3, 0], [0, -1.3]];
  const STEPS = [14, 22, 32];
  const JOIN_PX = 60;

  function classesOf(part) {
    return part.classes
      .map((count, at) => [at, count])
      .filter(([, count]) => count > 0)
      .sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  }

  function signOf(part, clump, coarse, x, y) {
    const single = part.count === 1;
    return {
      x,
      y,
      half: part.size / 2,
      layer: part.layer,
      count: part.count,
      coarse,
      first: part.first,
      classes: classesOf(part),
      cells: clump.cells,
      spread: !single && part.spread,
      // Whom the group's role says: all were targets, or not.
      open: part.open === part.count,
      both: !part.spread && part.open > 0 && part.open < part.count,
      value: part.value,
      soft: !coarse && part.towns === part.count && (single || !part.spread),
      hollow: Boolean(part.layer.style.measure) && !part.stated,
    };
  }

  // Where the middles of a clump's signs stand, from left to right.
  function sideBySide(clump, gates, coarse) {
    const gate = coarse ? null : gates.find((each) => near(each, clump));
    if (!gate) {
      let left = clump.x - clump.half;
      return clump.parts.map((part) => {
        const x = left + part.size / 2;
        left += part.size + khyber.SIGN_GAP;
        return { part, x, y: clump.y };
      });
    }
    // Squares to the left of the crossing, circles to its right, as everywhere.
    return clump.parts.map((part) => {
      const side = part.layer.style.shape === "square" ? -1 : 1;
      return { part, x: gate.x + side * (part.size / 2 + GATE_ROOM / 2), y: gate.y };
    });
  }

  const near = (gate, clump) =>
    Math.abs(gate.x - clump.x) < GATE_PX && Math.abs(gate.y - clump.y) < GATE_PX;

  // Boxes by buckets, to find room among some hundred signs.
  class Taken {
    constructor() {
      this.buckets = new Map();
    }

    keys(x, y, half) {
      const keys = [];
      const to = (px) => Math.floor(px / BUCKET);
      for (let right = to(x - half); right <= to(x + half); right += 1) {
        for (let down = to(y - half); down <= to(y + half); down += 1) {
          keys.push(right * 65536 + down);
        }
      }
      return keys;
    }

    add(x, y, half) {
      this.keys(x, y, half).forEach((key) => {
        if (!this.buckets.has(key)) this.buckets.set(key, []);
        this.buckets.get(key).push([x, y, half]);
      });
    }

    hits(x, y, half) {
      return this.keys(x, y, half).some((key) =>
        (this.buckets.get(key) || []).some(
          (box) => Math.max(Math.abs(box[0] - x), Math.abs(box[1] - y)) < box[2] + half - 1
        )
      );
    }
  }

  function roomFor(clump, taken) {
    if (!taken.hits(clump.x, clump.y, clump.half)) return { x: clump.x, y: clump.y };
    for (const step of STEPS) {
      for (const [right, down] of WAYS) {
        const [x, y] = [clump.x + right * step, clump.y + down * step];
        if (!taken.hits(x, y, clump.half)) return { x, y };
      }
    }
    return null;
  }

  // The nearest of the coarse clusters that have their place.
  function nearest(clump, placed) {
    let found = null;
    let least = JOIN_PX * JOIN_PX;
    placed.forEach((each) => {
      const apart = (each.x - clump.x) ** 2 + (each.y - clump.y) ** 2;
      if (apart < least) [found, least] = [each, apart];
    });
    return found;
  }

  // Coarse clusters in the room that the exact ones leave; where there is none, they are
  // counted with their neighbour's.
  function placeCoarse(clusters, taken) {
    const placed = [];
    clusters.forEach((clump) => {
      const spot = roomFor(clump, taken);
      const neighbour = spot ? null : nearest(clump, placed);
      if (neighbour) {
        khyber.joinClusters(neighbour, clump);
        return;
      }
      const mine = { ...clump, ...(spot || { x: clump.x, y: clump.y }) };
      taken.add(mine.x, mine.y, mine.half);
      placed.push(mine);
    });
    return placed;
  }

  // clusters: {exact, coarse} of a frame; gates: points in the frame. Returns signs with x
  // and y in the frame in the order of painting: coarse ones first, and of either sort the
  // largest first, so that small ones are painted over them.
  khyber.layoutSigns = function (clusters, gates) {
    const taken = new Taken();
    const exact = clusters.exact.flatMap((clump) =>
      sideBySide(clump, gates, false).map(({ part, x, y }) => {
        taken.add(x, y, part.size / 2);
        return signOf(part, clump, false, x, y);
      })
    );
    const coarse = placeCoarse(clusters.coarse, taken).flatMap((clump) =>
      sideBySide(clump, gates, true).map(({ part, x, y }) => signOf(part, clump, true, x, y))
    );
    const bySize = (a, b) => b.half - a.half || a.y - b.y || a.x - b.x;
    return [...coarse.sort(bySize), ...exact.sort(bySize)];
  };
})(window.khyber);
