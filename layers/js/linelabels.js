// Finding room for a name along a line, slanted with it.
(function (khyber) {
  "use strict";

  const OFF_LINE = 6;
  // A label further than this from its line would seem to name something else.
  const MOST_BULGE = 12;

  const touch = (a, b) =>
    a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
  const hits = (box, others) => others.some((other) => touch(box, other));
  const inside = (box, size) =>
    box.x >= 2 && box.y >= 2 && box.x + box.w <= size.x - 2 && box.y + box.h <= size.y - 2;
  const shared = (from, long, start, width) =>
    Math.max(0, Math.min(from + long, start + width) - Math.max(from, start));
  // Square pixels of a box that lie under others.
  const overlap = (box, others) =>
    others.reduce(
      (sum, each) => sum + shared(box.x, box.w, each.x, each.w) * shared(box.y, box.h, each.y, each.h),
      0
    );

  // Boxes {x, y, w, h} in pixels of the view, of `size`.
  khyber.boxes = { hits, inside, overlap };

  // The stretches of a line within the view, as points with their way along it.
  khyber.stretches = function (points, size) {
    const runs = [];
    let run = null;
    points.forEach((point) => {
      const seen = point.x > 0 && point.y > 0 && point.x < size.x && point.y < size.y;
      if (!seen) {
        run = null;
        return;
      }
      if (!run) {
        run = [];
        runs.push(run);
      }
      const last = run[run.length - 1];
      const along = last ? last.along + Math.hypot(point.x - last.x, point.y - last.y) : 0;
      run.push({ x: point.x, y: point.y, along: along });
    });
    const length = (each) => each[each.length - 1].along;
    return runs.filter((each) => each.length > 1).sort((a, b) => length(b) - length(a));
  };

  function pointAlong(run, along) {
    const at = run.findIndex((point) => point.along >= along);
    if (at < 1) return run[Math.max(at, 0)];
    const [from, to] = [run[at - 1], run[at]];
    const part = (along - from.along) / (to.along - from.along || 1);
    return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
  }

  // Small boxes along a slanted label stand for its outline.
  function slantedBoxes(middle, angle, width, height) {
    const count = Math.max(2, Math.round(width / height));
    return Array.from({ length: count }, (_, at) => {
      const along = ((at + 0.5) / count - 0.5) * width;
      const x = middle.x + Math.cos(angle) * along;
      const y = middle.y + Math.sin(angle) * along;
      return { x: x - height / 2, y: y - height / 2, w: height, h: height };
    });
  }

  // Where along a stretch to try, and how straight it must be there: first the best.
  const PARTS = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9];
  const TRIES = [0.96, 0.9, 0.82].flatMap((straight) => PARTS.map((part) => ({ straight, part })));

  khyber.placeOnRun = function (run, label, blocked, size) {
    const width = Math.max(label.width, label.noteWidth) + 6;
    const high = label.height + label.noteHeight;
    const total = run[run.length - 1].along;
    for (const { straight, part } of TRIES) {
      const centre = total * part;
      if (centre < width / 2 || centre > total - width / 2) continue;
      const from = pointAlong(run, centre - width / 2);
      const to = pointAlong(run, centre + width / 2);
      if (Math.hypot(to.x - from.x, to.y - from.y) < width * straight) continue;
      let angle = Math.atan2(to.y - from.y, to.x - from.x);
      if (Math.abs(angle) > Math.PI / 2) angle -= Math.sign(angle) * Math.PI;
      for (const side of [1, -1]) {
        const bulge = sag(run, centre, width, from, to, side);
        if (bulge > MOST_BULGE) continue;
        const off = side * (high / 2 + OFF_LINE + bulge);
        const middle = {
          x: (from.x + to.x) / 2 - Math.sin(angle) * off,
          y: (from.y + to.y) / 2 + Math.cos(angle) * off,
        };
        const boxes = slantedBoxes(middle, angle, width, high);
        if (boxes.every((box) => inside(box, size) && !hits(box, blocked))) {
          return { middle, angle, boxes };
        }
      }
    }
    return null;
  };

  // How far the line bulges over its chord towards a side, in pixels.
  function sag(run, centre, width, from, to, side) {
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const flip = to.x < from.x ? -1 : 1;
    const normal = { x: (-(to.y - from.y) / length) * flip, y: ((to.x - from.x) / length) * flip };
    const bulges = run
      .filter((point) => Math.abs(point.along - centre) < width / 2)
      .map((point) => side * ((point.x - from.x) * normal.x + (point.y - from.y) * normal.y));
    return Math.max(0, ...bulges);
  }
})(window.khyber);
