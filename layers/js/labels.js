// Labels by zoom, placed where there is room: the most important first.
(function (khyber) {
  "use strict";

  const FAMILY = '"Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans", Arial, sans-serif';

  // size in pixels, space between letters, where a label may stand about its point.
  const STYLES = {
    country: { weight: 600, size: 13, spacing: 4.5, upper: true, spots: ["over", "below", "above"] },
    province: { weight: 400, size: 11, spacing: 1.2, upper: true, spots: ["over"] },
    area: { weight: 600, size: 12, spacing: 0.6, spots: ["over", "below", "above"] },
    town: { weight: 400, size: 11, spacing: 0, dot: true, spots: ["right", "left", "above", "below"] },
    crossing: { weight: 500, size: 10.5, spacing: 0, spots: ["right", "left", "below", "above"] },
    "crossing-main": { weight: 700, size: 12.5, spacing: 0, spots: ["right", "left", "below", "above"] },
    line: { weight: 600, size: 11, spacing: 1.4 },
    reach: { weight: 600, size: 11, spacing: 0.2, spots: ["above", "below", "over"] },
  };
  const { hits, inside, overlap } = khyber.boxes;
  const NOTE_SIZE = 9.5;
  // A label of this rank or lower is shown even where it must lie over signs.
  const MUST = 15.3;
  const TILES_HAVE = ["country", "town", "province"];

  const pen = document.createElement("canvas").getContext("2d");

  function widthOf(text, style, size) {
    pen.font = `${style.weight} ${size}px ${FAMILY}`;
    return pen.measureText(text).width + style.spacing * text.length;
  }

  function measure(label) {
    if (label.width) return label;
    const style = STYLES[label.style] || STYLES.town;
    const text = style.upper ? label.text.toLocaleUpperCase("en") : label.text;
    const plain = { ...style, weight: 400, spacing: 0 };
    label.shown = text;
    label.width = widthOf(text, style, style.size);
    label.height = style.size * 1.25;
    label.noteWidth = label.note ? widthOf(label.note, plain, NOTE_SIZE) : 0;
    label.noteHeight = label.note ? NOTE_SIZE * 1.3 : 0;
    return label;
  }

  function boxAt(point, spot, label, gap) {
    const { width, height } = label;
    const left = {
      over: point.x - width / 2,
      right: point.x + gap,
      left: point.x - gap - width,
      above: point.x - width / 2,
      below: point.x - width / 2,
    }[spot];
    const top = {
      above: point.y - gap - height,
      below: point.y + gap,
    }[spot];
    return { x: left, y: top === undefined ? point.y - height / 2 : top, w: width, h: height };
  }

  // Far out, a part of a line's points is enough to place a name by.
  function thinned(line, zoom) {
    const step = zoom < 9 ? Math.ceil(line.length / 1500) : 1;
    return step === 1 ? line : line.filter((_, at) => at % step === 0);
  }

  function styleNode(node, label) {
    const style = STYLES[label.style] || STYLES.town;
    node.style.font = `${style.weight} ${style.size}px/1.25 ${FAMILY}`;
    node.style.letterSpacing = `${style.spacing}px`;
  }

  function makeNode(label) {
    const node = khyber.el("span", { class: `ka-label ka-label-${label.style}` });
    node.appendChild(khyber.el("span", { text: label.shown }));
    if (label.note) {
      const note = khyber.el("small", { class: "ka-label-note", text: label.note });
      note.style.fontSize = `${NOTE_SIZE}px`;
      node.appendChild(note);
    }
    styleNode(node, label);
    return node;
  }

  khyber.Labels = L.Layer.extend({
    initialize: function () {
      this.candidates = new Map();
      this.signs = new Map();
      this.painted = [];
      this.quiet = false;
    },
    onAdd: function (map) {
      const hidden = { class: "ka-labels leaflet-zoom-hide", "aria-hidden": "true" };
      this.box = map.getPane("ka-labels").appendChild(khyber.el("div", hidden));
      this.dots = map.getPane("ka-towns").appendChild(khyber.el("div", hidden));
      map.on("moveend zoomend resize", this.plan, this);
      this.plan();
    },
    onRemove: function (map) {
      this.box.remove();
      this.dots.remove();
      map.off("moveend zoomend resize", this.plan, this);
    },
    set: function (id, labels, signs) {
      this.candidates.set(id, labels.map(measure));
      this.signs.set(id, signs);
      this.plan();
    },
    // Signs of the canvas, in layer points: {x, y, half}.
    setSigns: function (signs) {
      this.painted = signs;
      this.plan();
    },
    // With online tiles on, the ground's own names are theirs.
    setQuiet: function (quiet) {
      if (this.quiet === quiet) return;
      this.quiet = quiet;
      this.plan();
    },
    plan: function () {
      if (this.waiting) return;
      this.waiting = requestAnimationFrame(() => {
        this.waiting = null;
        if (this._map) this.place();
      });
    },
    place: function () {
      const map = this._map;
      const size = map.getSize();
      const zoom = map.getZoom();
      const view = map.getBounds().pad(0.05);
      const drawing = {
        size: size,
        taken: this.controlBoxes(),
        signs: this.signBoxes(view),
        nodes: [],
        dots: [],
      };
      [...this.candidates.values()]
        .flat()
        .filter((label) => zoom >= label.min_zoom && zoom <= label.max_zoom)
        .filter((label) => !(this.quiet && TILES_HAVE.includes(label.style)))
        .filter((label) => label.lines || view.contains(label.latlng))
        .sort((a, b) => a.rank - b.rank)
        .forEach((label) =>
          label.lines ? this.placeLine(label, drawing) : this.placePoint(label, drawing)
        );
      this.box.replaceChildren(...drawing.nodes);
      this.dots.replaceChildren(...drawing.dots);
    },
    controlBoxes: function () {
      const frame = this._map.getContainer();
      const { left, top } = frame.getBoundingClientRect();
      return [...frame.querySelectorAll(".leaflet-control")].map((control) => {
        const box = control.getBoundingClientRect();
        return { x: box.left - left, y: box.top - top, w: box.width, h: box.height };
      });
    },
    signBoxes: function (view) {
      const own = [...this.signs.values()]
        .flat()
        .filter((sign) => view.contains(sign.latlng))
        .map(({ latlng, half }) => ({ ...this._map.latLngToContainerPoint(latlng), half }));
      const painted = this.painted.map(({ x, y, half }) => ({
        ...this._map.layerPointToContainerPoint(L.point(x, y)),
        half,
      }));
      const box = ({ x, y, half }) => ({ x: x - half, y: y - half, w: 2 * half, h: 2 * half });
      return [...own, ...painted].map(box);
    },
    // A spot clear of labels and signs; for the important, one clear of labels.
    findSpot: function (label, point, drawing) {
      const style = STYLES[label.style] || STYLES.town;
      const tries = [0, 9, 24, 40].map((more) => label.gap + more).flatMap((gap) =>
        style.spots.map((spot) => boxAt(point, spot, label, gap))
      );
      const free = tries.filter((box) => inside(box, drawing.size) && !hits(box, drawing.taken));
      const clear = free.find((box) => !hits(box, drawing.signs));
      if (clear || style.dot || label.rank > MUST) return clear;
      const covers = free.map((box) => overlap(box, drawing.signs));
      return free[covers.indexOf(Math.min(...covers))];
    },
    placePoint: function (label, drawing) {
      const map = this._map;
      const style = STYLES[label.style] || STYLES.town;
      const point = map.latLngToContainerPoint(label.latlng);
      const dot = { x: point.x - 3, y: point.y - 3, w: 6, h: 6 };
      if (style.dot && hits(dot, drawing.taken)) return;
      const box = this.findSpot(label, point, drawing);
      if (!box) return;
      const put = (node, at) =>
        L.DomUtil.setPosition(node, map.containerPointToLayerPoint(L.point(at.x, at.y)).round());
      const node = makeNode(label);
      put(node, box);
      drawing.taken.push(box);
      drawing.nodes.push(node);
      if (!style.dot) return;
      const mark = khyber.el("span", { class: "ka-town" });
      put(mark, point);
      drawing.taken.push(dot);
      drawing.dots.push(mark);
    },
    placeLine: function (label, drawing) {
      const map = this._map;
      const runs = label.lines.flatMap((line) => {
        const points = thinned(line, map.getZoom()).map((each) => map.latLngToContainerPoint(each));
        return khyber.stretches(points, drawing.size);
      });
      const clear = [...drawing.taken, ...drawing.signs];
      const blocks = label.rank <= MUST ? [clear, drawing.taken] : [clear];
      for (const blocked of blocks) {
        for (const run of runs) {
          const found = khyber.placeOnRun(run, label, blocked, drawing.size);
          if (!found) continue;
          drawing.taken.push(...found.boxes);
          const node = makeNode(label);
          const at = map.containerPointToLayerPoint(L.point(found.middle.x, found.middle.y));
          node.style.transform =
            `translate3d(${at.x}px,${at.y}px,0) translate(-50%,-50%) rotate(${found.angle}rad)`;
          drawing.nodes.push(node);
          return;
        }
      }
    },
  });
})(window.khyber);
