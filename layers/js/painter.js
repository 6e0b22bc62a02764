// The canvas of a map: paints all its record layers, as signs, hexagons or heat.
(function (khyber) {
  "use strict";

  const GREY = "#4a4a4a"; // several classes in one sign

  // Leaflet's renderer places a canvas about the view and carries it along while the map
  // moves and zooms; here is only what is painted on it.
  khyber.Painter = L.Renderer.extend({
    // ratio: pixels of the canvas to one of CSS; null: as the screen has.
    options: { pane: "ka-signs", padding: 0.15, interactive: false, ratio: null },

    initialize: function (options) {
      L.Renderer.prototype.initialize.call(this, options);
      this.layers = [];
      this.signs = [];
      this.as = "signs";
      this.gates = [];
      this.stamps = new khyber.Stamps();
      this.slots = new Map();
    },

    _initContainer: function () {
      this._container = khyber.el("canvas", { class: "ka-canvas", "aria-hidden": "true" });
      this._container.style.pointerEvents = "none";
      this.pen = this._container.getContext("2d");
    },

    _destroyContainer: function () {
      L.Util.cancelAnimFrame(this.waiting);
      this._container.remove();
      this._container = this.pen = this.waiting = null;
      this.slots.clear();
    },

    getEvents: function () {
      return { ...L.Renderer.prototype.getEvents.call(this), move: this.followed };
    },

    // While a map is dragged beyond what is painted, paint on.
    followed: function () {
      if (this._map._animatingZoom || this._map.getZoom() !== this._zoom) return;
      const view = this._map.getPixelBounds();
      const origin = this._map.getPixelOrigin();
      const seen = L.bounds(view.min.subtract(origin), view.max.subtract(origin));
      if (!this._bounds.contains(seen)) this._update();
    },

    _update: function () {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const { min } = this._bounds;
      const size = this._bounds.getSize();
      const ratio = this.options.ratio || window.devicePixelRatio || 1;
      const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
      const canvas = this._container;
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
        canvas.style.width = `${size.x}px`;
        canvas.style.height = `${size.y}px`;
      }
      this.ratio = ratio;
      L.DomUtil.setPosition(canvas, min);
      // A jump of the map is told twice (viewreset, moveend): once is enough.
      const origin = this._map.getPixelOrigin();
      const place = [this._zoom, min.x, min.y, origin.x, origin.y, width, height].join();
      if (place !== this.painted) this.paint();
      this.painted = place;
    },

    // Paint on another canvas, one that was never cleared: browsers print those line by
    // line, and what was cleared as white over all that lies under it.
    renew: function () {
      const old = this._container;
      this._initContainer();
      const { className, width, height, style } = old;
      Object.assign(this._container, { className, width, height });
      this._container.style.cssText = style.cssText;
      old.replaceWith(this._container);
      this.fresh = true;
      this.paint();
    },

    join: function (layer) {
      this.layers.push(layer);
      this.layers.sort((a, b) => a.order - b.order);
      this.plan();
    },

    leave: function (layer) {
      this.layers = this.layers.filter((each) => each !== layer);
      this.slots.delete(layer);
      if (this.lit && this.lit.layer === layer) this.lit = null;
      this.plan();
    },

    // Paint with the browser's next frame, once for all changes until then.
    plan: function () {
      if (this.waiting || !this._map) return;
      this.waiting = L.Util.requestAnimFrame(() => {
        this.waiting = null;
        if (this._map) this.paint();
      });
    },

    // At once: count, lay out, draw.
    paint: function () {
      if (!this._map || !this._bounds) return;
      const origin = this._map.getPixelOrigin();
      const scale = 256 * 2 ** this._map.getZoom();
      this.frame = { left: origin.x, top: origin.y, scale };
      this.shown = this.layers.filter((layer) => layer.mask);
      if (this.as === "signs") this.count(origin, scale);
      this.draw();
      this._map.fire("ka:drawn", { painter: this });
    },

    count: function (origin, scale) {
      const { min } = this._bounds;
      const size = this._bounds.getSize();
      const frame = khyber.cellFrame(min.x + origin.x, min.y + origin.y, size.x, size.y, scale);
      this.cells = frame;
      const counted = this.shown.map((layer) => {
        const slots = khyber.countCells(layer, frame, this.slots.get(layer));
        this.slots.set(layer, slots);
        return { layer, slots };
      });
      const gates = this.gates.map((latlng) => {
        const point = this._map.latLngToLayerPoint(latlng).add(origin);
        return { x: point.x - frame.left, y: point.y - frame.top };
      });
      this.signs = khyber.layoutSigns(khyber.clusters(counted, frame), gates);
      const [right, down] = [frame.left - origin.x, frame.top - origin.y];
      this.signs.forEach((sign) => {
        sign.x += right;
        sign.y += down;
      });
    },

    // Draw what was counted; the pen's units are CSS pixels, its corner the layer point 0,0.
    draw: function () {
      const { pen, ratio } = this;
      const { min } = this._bounds;
      pen.setTransform(1, 0, 0, 1, 0, 0);
      if (!this.fresh) pen.clearRect(0, 0, this._container.width, this._container.height);
      this.fresh = false;
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      this.surface = null;
      if (!this.shown.length) {
        this.signs = [];
        return;
      }
      if (this.as !== "signs") {
        this.drawSurface(pen);
        return;
      }
      pen.translate(-min.x, -min.y);
      const { areas } = this.shown.find((layer) => layer.areas) || this.shown[0];
      khyber.paintWashes(pen, this.frame, this.shown, areas, GREY);
      khyber.paintRings(pen, this.frame, this.signs, (sign) => this.colourOf(sign));
      if (this.lit) khyber.paintLit(pen, this.frame, this.lit, areas, this.colourOf(this.lit));
      this.stamps.begin(pen, ratio);
      this.signs.forEach((sign) => this.stamps.paint(pen, sign, GREY));
    },

    surfaceFrame: function () {
      const { min } = this._bounds;
      const size = this._bounds.getSize();
      const { left, top, scale } = this.frame;
      return {
        width: size.x,
        height: size.y,
        scale,
        left: left + min.x,
        top: top + min.y,
        layerLeft: min.x,
        layerTop: min.y,
        ratio: this.ratio,
        ramp: this.shown[0].style.ramp,
        kmPerPx: (y) => khyber.kmPerPx(y, scale),
        layers: this.shown.map((layer) => ({ ...layer.table, mask: layer.mask, layer })),
      };
    },

    drawSurface: function (pen) {
      const frame = this.surfaceFrame();
      const paint = this.as === "heat" ? khyber.paintHeat : khyber.paintHexagons;
      this.surface = { ...paint(pen, frame), frame };
      this.signs = this.surface.signs || [];
    },

    colourOf: function (sign) {
      if (sign.classes.length > 1) return GREY;
      return sign.layer.style.colour.classes[sign.classes[0][0]].colour;
    },

    // Show more of the area of a coarse sign; null: of none.
    light: function (sign) {
      if (this.lit === sign) return;
      this.lit = sign && sign.coarse ? sign : null;
      if (this.pen && this.as === "signs") this.draw();
    },

    rowsOf: function (sign) {
      return khyber.rowsOf(this, sign);
    },

    show: function (as) {
      if (this.as === as) return;
      this.as = as;
      this.lit = null;
      this.plan();
    },
  });

  function rowsOfHexagon({ frame }, sign) {
    return frame.layers.flatMap((each) =>
      khyber.rowsInHexagon(frame, each, sign.key).map((row) => ({ layer: each.layer, row }))
    );
  }

  // The records a sign stands for, newest first.
  khyber.rowsOf = function (painter, sign) {
    const found = sign.hex ? rowsOfHexagon(painter.surface, sign) : rowsOfSign(painter.cells, sign);
    const day = ({ layer, row }) => layer.table.days.first[row];
    return found.sort((a, b) => day(b) - day(a) || a.row - b.row);
  };

  function rowsOfSign(cells, sign) {
    const { layer } = sign;
    const { table, mask } = layer;
    const mine = new Set(sign.cells);
    const found = [];
    const look = (row) => {
      if (!mask[row] || khyber.isCoarse(table, row) !== sign.coarse) return;
      if (mine.has(khyber.cellOf(table, row, cells))) found.push({ layer, row });
    };
    khyber.rowsAbout(layer, cells, sign.cells).forEach(look);
    return found;
  }

  // The painter of a map: made for its first record layer, gone with its last.
  khyber.painterOf = function (map) {
    if (!map.kaPainter) {
      if (!map.getPane("ka-signs")) map.createPane("ka-signs").style.zIndex = 600;
      map.kaPainter = new khyber.Painter().addTo(map);
      map.kaPainter.acts = khyber.interact ? khyber.interact(map.kaPainter) : null;
    }
    return map.kaPainter;
  };

  khyber.releasePainter = function (map) {
    const painter = map.kaPainter;
    if (!painter || painter.layers.length) return;
    if (painter.acts) painter.acts.remove();
    map.kaPainter = null;
    painter.remove();
  };
})(window.khyber);
