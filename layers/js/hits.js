// Which sign is under a point: a grid of buckets over the signs, not a scan of records.
(function (khyber) {
  "use strict";

  const BUCKET = 48; // CSS pixels: few signs are wider
  const CORNER = 2 / Math.sqrt(3); // of a hexagon: middle to corner over middle to side

  const bucketOf = (px) => Math.floor(px / BUCKET);
  const keyOf = (column, line) => column * 65536 + line;

  function eachKey(x, y, half, look) {
    for (let column = bucketOf(x - half); column <= bucketOf(x + half); column += 1) {
      for (let line = bucketOf(y - half); line <= bucketOf(y + half); line += 1) {
        look(keyOf(column, line));
      }
    }
  }

  const halfOf = (sign) => (sign.hex ? sign.half * CORNER : sign.half);

  function bucketsOf(signs) {
    const buckets = new Map();
    signs.forEach((sign) =>
      eachKey(sign.x, sign.y, halfOf(sign), (key) => {
        const bucket = buckets.get(key);
        if (bucket) bucket.push(sign);
        else buckets.set(key, [sign]);
      })
    );
    return buckets;
  }

  // Pixels from a sign's edge to a point; negative inside. Squares have corners.
  function outside(sign, point) {
    const [right, down] = [Math.abs(point.x - sign.x), Math.abs(point.y - sign.y)];
    const square = !sign.hex && sign.layer.style.shape === "square";
    return (square ? Math.max(right, down) : Math.hypot(right, down)) - halfOf(sign);
  }

  const away = (sign, point) => Math.hypot(point.x - sign.x, point.y - sign.y);

  // A sign that holds the point before one that is only near it; small signs are painted
  // above large ones; of signs alike the one whose middle is nearest.
  function before(point) {
    return (a, b) => {
      const [outA, outB] = [outside(a, point), outside(b, point)];
      if (outA > 0 && outB > 0) return outA - outB;
      if (outA > 0 || outB > 0) return outA - outB;
      return a.half - b.half || away(a, point) - away(b, point);
    };
  }

  // painter: what has signs. at(point, slack) gives the sign under a layer point or null,
  // allAt(point, slack) all of them, the topmost first; stale() says that signs changed.
  khyber.hits = function (painter) {
    let buckets = null;
    let made = null;
    function allAt(point, slack = 0) {
      if (!buckets || made !== painter.signs) {
        made = painter.signs;
        buckets = bucketsOf(made);
      }
      const found = new Set();
      eachKey(point.x, point.y, slack, (key) =>
        (buckets.get(key) || []).forEach((sign) => {
          if (outside(sign, point) <= slack) found.add(sign);
        })
      );
      return [...found].sort(before(point));
    }
    return {
      allAt,
      at: (point, slack) => allAt(point, slack)[0] || null,
      stale: () => (buckets = null),
    };
  };
})(window.khyber);
