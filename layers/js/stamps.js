// Signs on a canvas: the shapes of signs.js, painted.
(function (khyber) {
  "use strict";

  const PAPER = "#fffdf8";
  const INK = "#1c1a18";
  const OUTLINE = "rgba(30,26,22,.6)";
  const RING = 0.22; // width of a ring of shares, as a part of the sign's size
  const WIDEST_RING = 9;
  const LARGE = 34; // from this size on a sign lets through what lies under it
  const FAMILY = '"Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans", Arial, sans-serif';
  const KEPT = 500;
  const TURN = 2 * Math.PI;

  // The legend draws the same signs (signs.js).
  khyber.SIGN_LOOK = { PAPER, INK, OUTLINE, RING, LARGE };

  function outline(pen, shape, x, y, half) {
    pen.beginPath();
    if (shape === "square") pen.rect(x - half, y - half, 2 * half, 2 * half);
    else pen.arc(x, y, half, 0, TURN);
  }

  function filled(pen, shape, x, y, half, colour) {
    outline(pen, shape, x, y, half);
    pen.fillStyle = colour;
    pen.fill();
  }

  function stroked(pen, shape, x, y, half, colour, width) {
    outline(pen, shape, x, y, half - width / 2);
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.stroke();
  }

  function paintOne(pen, look, x, y) {
    const { shape, colour, size } = look;
    const half = size / 2;
    pen.globalAlpha = look.soft ? 0.26 : size > LARGE ? 0.3 : 0.75;
    filled(pen, shape, x, y, half + (look.soft ? 3.5 : 1.2), look.soft ? colour : "#fff");
    const through = size > LARGE ? 0.6 : 1;
    pen.globalAlpha = through;
    if (look.hollow) {
      filled(pen, shape, x, y, half, "#fff");
      stroked(pen, shape, x, y, half, colour, 1.4);
    } else if (look.open) {
      filled(pen, shape, x, y, half - 0.5, "#fff");
      pen.globalAlpha = 1;
      stroked(pen, shape, x, y, half, colour, Math.max(2, size * 0.16));
    } else {
      filled(pen, shape, x, y, half, colour);
      pen.globalAlpha = 1;
      if (!look.soft) stroked(pen, shape, x, y, half + 0.45, OUTLINE, 0.9);
    }
    pen.globalAlpha = 1;
  }

  // Corners of a square's edge by the share of its length from the top middle, clockwise.
  const CORNERS = [
    [0, 0, -1],
    [0.125, 1, -1],
    [0.375, 1, 1],
    [0.625, -1, 1],
    [0.875, -1, -1],
    [1, 0, -1],
  ];

  function alongSquare(pen, x, y, half, from, to) {
    const point = (share) => {
      const at = CORNERS.findIndex(([end]) => end >= share - 1e-9) || 1;
      const [[start, x0, y0], [end, x1, y1]] = [CORNERS[at - 1], CORNERS[at]];
      const part = (share - start) / (end - start);
      return [x + half * (x0 + (x1 - x0) * part), y + half * (y0 + (y1 - y0) * part)];
    };
    pen.moveTo(...point(from));
    CORNERS.forEach(([share, right, down]) => {
      if (share > from && share < to) pen.lineTo(x + half * right, y + half * down);
    });
    pen.lineTo(...point(to));
  }

  // A frame of a width within the edge, divided by the shares.
  function paintShares(pen, shape, x, y, half, wide, shares) {
    const middle = half - wide / 2;
    pen.lineWidth = wide;
    if (shares.length === 1) {
      stroked(pen, shape, x, y, half, shares[0][0], wide);
      return;
    }
    let from = 0;
    shares.forEach(([colour, part]) => {
      const to = Math.min(1, from + part);
      pen.strokeStyle = colour;
      pen.beginPath();
      if (shape === "square") alongSquare(pen, x, y, middle, from, to);
      else pen.arc(x, y, middle, (from - 0.25) * TURN, (to - 0.25) * TURN);
      pen.stroke();
      from = to;
    });
  }

  // Struck and acting at one place: the right half of the ring is hollow.
  function strikeHalf(pen, shape, x, y, half, width) {
    pen.strokeStyle = PAPER;
    pen.lineWidth = width;
    pen.beginPath();
    if (shape === "square") alongSquare(pen, x, y, half, 0, 0.5);
    else pen.arc(x, y, half, -TURN / 4, TURN / 4);
    pen.stroke();
  }

  const ringWidth = (size) => Math.min(Math.max(3, size * RING), WIDEST_RING);

  // What all counted signs of a size have: a halo, and paper within an outline.
  function paintPaper(pen, look, x, y) {
    const { shape, size, shares } = look;
    const half = size / 2;
    const wide = ringWidth(size);
    pen.globalAlpha = look.soft ? 0.26 : 0.8;
    filled(pen, shape, x, y, half + (look.soft ? 3.5 : 1.2), look.soft ? shares[0][0] : "#fff");
    pen.globalAlpha = size > LARGE + 8 ? 0.7 : 1;
    filled(pen, shape, x, y, half - wide / 2, PAPER);
    pen.globalAlpha = 1;
    stroked(pen, shape, x, y, half + 0.4, OUTLINE, 0.8);
  }

  // The ring of shares on that paper.
  function paintRing(pen, look, x, y) {
    const { shape, size, shares } = look;
    const half = size / 2;
    const wide = ringWidth(size);
    paintShares(pen, shape, x, y, half, wide, shares);
    // Struck, not acting: the ring is hollow.
    if (look.open) stroked(pen, shape, x, y, half - 1, PAPER, wide - 2);
    if (look.both) strikeHalf(pen, shape, x, y, half - wide / 2, wide - 2);
  }

  // The count of coarse records: tinted, its edge dashed like their rings.
  function paintBadge(pen, look, x, y) {
    const { shape, size, colour } = look;
    const half = size / 2;
    pen.globalAlpha = size > LARGE ? 0.5 : 1;
    filled(pen, shape, x, y, half, PAPER);
    pen.globalAlpha = 1;
    if (!look.open) {
      pen.globalAlpha = 0.28;
      filled(pen, shape, x, y, half, colour);
      pen.globalAlpha = 1;
    }
    pen.setLineDash([2.5, 1.5]);
    stroked(pen, shape, x, y, half, colour, look.open ? 2 : 1.3);
    pen.setLineDash([]);
  }

  function paintCounted(pen, look, x, y) {
    paintPaper(pen, look, x, y);
    paintRing(pen, look, x, y);
  }

  const PAINTERS = { one: paintOne, ring: paintCounted, badge: paintBadge, paper: paintPaper };

  // 1 234 as "1.2k": the number must fit the sign; the list behind it tells it in full.
  khyber.shortCount = function (count) {
    if (count < 1000) return String(count);
    if (count < 9950) return `${(count / 1000).toFixed(1)}k`;
    return count < 999500 ? `${Math.round(count / 1000)}k` : `${(count / 1e6).toFixed(1)}m`;
  };

  function fontOf(look, text) {
    const room = (look.way === "badge" ? 0.95 : 1 - 2 * RING) * look.size;
    const px = Math.min(13, Math.max(8.5, room / (0.62 * Math.max(text.length, 1.6))));
    return `${look.way === "badge" ? 500 : 600} ${(Math.round(px * 2) / 2).toFixed(1)}px ${FAMILY}`;
  }

  // How a sign looks, without where it stands.
  function lookOf(sign, grey) {
    const { style } = sign.layer;
    const colourOf = ([at]) => style.colour.classes[at].colour;
    const total = sign.count;
    return {
      way: sign.coarse ? "badge" : total > 1 ? "ring" : "one",
      shape: style.shape,
      size: sign.half * 2,
      colour: sign.classes.length > 1 ? grey : colourOf(sign.classes[0]),
      shares: sign.classes.map((each) => [colourOf(each), each[1] / total]),
      open: sign.open,
      both: sign.both,
      soft: sign.soft,
      hollow: sign.hollow,
    };
  }

  // Keeps painted signs to stamp them again: most of a map look like another.
  khyber.Stamps = class {
    constructor() {
      this.kept = new Map();
    }

    begin(pen, ratio) {
      if (ratio !== this.ratio) this.kept.clear();
      this.ratio = ratio;
      this.font = "";
      pen.textAlign = "center";
      pen.textBaseline = "middle";
    }

    stamp(key, way, look) {
      const found = this.kept.get(key);
      if (found) return found;
      if (this.kept.size >= KEPT) this.kept.clear();
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = Math.ceil((look.size + 10) * this.ratio);
      const pen = canvas.getContext("2d");
      pen.scale(this.ratio, this.ratio);
      const middle = canvas.width / this.ratio / 2;
      PAINTERS[way](pen, look, middle, middle);
      const made = { canvas, px: middle * 2, middle };
      this.kept.set(key, made);
      return made;
    }

    // Where its middle came to lie.
    put(pen, { canvas, px, middle }, x, y) {
      // On whole pixels of the screen, or the stamp would blur.
      const left = Math.round((x - middle) * this.ratio) / this.ratio;
      const top = Math.round((y - middle) * this.ratio) / this.ratio;
      pen.drawImage(canvas, left, top, px, px);
      return [left + middle, top + middle];
    }

    paint(pen, sign, grey) {
      const look = lookOf(sign, grey);
      const { way, shape, colour, size, open, both, soft, hollow } = look;
      if (way === "ring" && look.shares.length > 1) {
        // Only the halo of a soft one has a colour: that of its largest share.
        const key = `paper|${shape}|${size}|${soft ? look.shares[0][0] : ""}`;
        const middle = this.put(pen, this.stamp(key, "paper", look), sign.x, sign.y);
        paintRing(pen, look, ...middle);
      } else {
        const key = `${way}|${shape}|${colour}|${size}|${open}|${both}|${soft}|${hollow}`;
        this.put(pen, this.stamp(key, way, look), sign.x, sign.y);
      }
      if (sign.count > 1 && look.size > 9) this.number(pen, look, sign);
    }

    number(pen, look, sign) {
      const text = khyber.shortCount(sign.count);
      const font = fontOf(look, text);
      // Setting a font takes long; signs come by size, so it seldom changes.
      if (font !== this.font) pen.font = this.font = font;
      pen.fillStyle = INK;
      pen.fillText(text, sign.x, sign.y + 0.5);
    }
  };
})(window.khyber);
