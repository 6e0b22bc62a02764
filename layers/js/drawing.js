// Drawing one shape over the map: by pointer, by touch, or with a crosshair by keyboard.
(function (khyber) {
  "use strict";

  const { el, svg } = khyber;
  const TAP_PX = 6; // a pointer that moves no further taps
  const CLOSE_PX = 12; // so near the first corner, a tap closes a polygon
  const STEP_PX = 40;
  const FINE_PX = 8;
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const STILL = { animate: false };
  const KEYS = {
    Enter: (drawing) => drawing.set(drawing.map.getCenter()),
    " ": (drawing) => drawing.set(drawing.map.getCenter()),
    Backspace: (drawing) => drawing.undo(),
    Escape: (drawing) => drawing.leave(),
    "+": ({ map }) => map.zoomIn(1, STILL),
    "=": ({ map }) => map.zoomIn(1, STILL),
    "-": ({ map }) => map.zoomOut(1, STILL),
  };
  const LOCKED = ["doubleClickZoom", "boxZoom"]; // of the map, while drawing

  function crosshair() {
    const line = (d) => svg("path", { d });
    const parts = [line("M15 0V11M15 19V30M0 15H11M19 15H30"), svg("circle", { cx: 15, cy: 15, r: 1.5 })];
    const node = svg("svg", { class: "ka-crosshair", viewBox: "0 0 30 30", "aria-hidden": "true" }, parts);
    node.style.display = "none";
    return node;
  }

  function button(text, act) {
    const node = el("button", { type: "button", text });
    node.addEventListener("click", act);
    return node;
  }

  // What is over the map: a sheet that takes the pointer, a crosshair, words and buttons.
  function makeNodes(shape, acts) {
    const many = shape.corners > 2;
    const nodes = {
      cross: crosshair(),
      words: el("span", { class: "ka-drawing-words", role: "status" }),
      size: el("span", { class: "ka-drawing-size", "aria-hidden": "true" }),
      done: many ? button("Done", acts.finish) : null,
      undo: many ? button("Take back", acts.undo) : null,
      cancel: button("Cancel", acts.leave),
    };
    nodes.bar = el("div", { class: "ka-drawing-bar" }, [
      el("p", {}, [nodes.words, nodes.size]),
      nodes.done,
      nodes.undo,
      nodes.cancel,
    ]);
    khyber.keepClicks(nodes.bar);
    const help =
      `Draw a ${shape.name}: arrows move the crosshair, Shift slower, plus and minus zoom, ` +
      `Enter sets a corner${many ? ", Enter twice closes, Backspace takes back" : ""}, Escape leaves`;
    const look = { class: "ka-drawing", tabindex: "0", role: "application", "aria-label": help };
    nodes.sheet = el("div", { ...look, "data-shape": shape.name }, [nodes.cross, nodes.bar]);
    return nodes;
  }

  // The shape as it is so far, with the corner that is not set yet.
  function makePreview(map) {
    const group = L.layerGroup().addTo(map);
    const options = { pane: "ka-reach", interactive: false };
    function show(shape, corners, next) {
      group.clearLayers();
      const all = next ? [...corners, next] : corners;
      if (all.length > 1) {
        const ring = shape.ring(all);
        ["ka-reach-under", "ka-reach ka-reach-new"].forEach((className) =>
          L.polygon(ring, { ...options, className, fill: className !== "ka-reach-under" }).addTo(group)
        );
      }
      corners.forEach((corner) =>
        L.circleMarker(corner, { ...options, radius: 4, className: "ka-corner" }).addTo(group)
      );
    }
    return { show, remove: () => group.remove() };
  }

  // wish: {shape, keyed: started by keyboard, done(text, ring), left(held): after it, however
  // it ended; held: whether it had the focus}
  class Drawing {
    constructor(map, wish) {
      this.map = map;
      this.wish = wish;
      this.shape = wish.shape;
      this.many = wish.shape.corners > 2;
      this.corners = [];
      this.next = null; // the corner that is not set yet
      this.down = null; // where the pointer went down: {id, x, y, latlng}
      this.keyed = wish.keyed;
      this.preview = makePreview(map);
      this.nodes = makeNodes(this.shape, {
        finish: () => this.finish(),
        undo: () => this.undo(),
        leave: () => this.leave(),
      });
      this.moved = () => this.redraw();
      this.listen();
      this.hold();
      this.say("");
    }

    listen() {
      const { sheet } = this.nodes;
      const { signal } = (this.ending = new AbortController());
      const listen = (type, act) => sheet.addEventListener(type, act, { signal });
      listen("pointerdown", (event) => this.press(event));
      listen("pointermove", (event) => this.move(event));
      listen("pointerup", (event) => this.release(event));
      listen("pointercancel", () => (this.down = null));
      listen("click", (event) => event.stopPropagation());
      listen("keydown", (event) => this.key(event));
      this.map.on("move", this.moved);
    }

    // The map may be dragged under a polygon; a box or circle is drawn by dragging.
    hold() {
      const { map, nodes } = this;
      if (!this.many) map.dragging.disable();
      LOCKED.forEach((name) => map[name].disable());
      map.getContainer().appendChild(nodes.sheet);
      nodes.sheet.focus({ preventScroll: true });
    }

    leave() {
      const { map, nodes } = this;
      this.ending.abort();
      map.off("move", this.moved);
      this.preview.remove();
      map.dragging.enable();
      LOCKED.forEach((name) => map[name].enable());
      const held = nodes.sheet.contains(document.activeElement);
      nodes.sheet.remove();
      this.wish.left(held);
    }

    say(fault) {
      const { nodes, shape } = this;
      const set = this.corners.length;
      const ask = shape.steps[Math.min(set, shape.steps.length - 1)];
      const how = `${shape.title}: ${this.keyed ? "Enter sets" : "set"} the ${ask}`;
      const close = this.many && set > 2 ? ", or the first again to close" : "";
      nodes.words.textContent = fault || `${how}${close}.`;
      if (nodes.done) nodes.done.disabled = set < 3;
      if (nodes.undo) nodes.undo.disabled = set < 1;
      this.redraw();
    }

    redraw() {
      const { corners, keyed, nodes, shape } = this;
      if (keyed) this.next = this.map.getCenter();
      nodes.cross.style.display = keyed ? "" : "none";
      const next = corners.length ? this.next : null;
      const all = next ? [...corners, next] : corners;
      nodes.size.textContent = all.length > (this.many ? 2 : 1) ? shape.size(all) : "";
      this.preview.show(shape, corners, next);
    }

    isNear(a, b, px) {
      const pixel = (latlng) => this.map.latLngToContainerPoint(latlng);
      return Boolean(b) && pixel(a).distanceTo(pixel(b)) <= px;
    }

    set(latlng) {
      const { corners, many } = this;
      const again = this.isNear(latlng, corners[corners.length - 1], many ? TAP_PX : 2);
      const closes = again || this.isNear(latlng, corners[0], CLOSE_PX);
      if (many && corners.length > 2 && closes) {
        this.finish();
        return;
      }
      if (again) return;
      corners.push(latlng);
      if (corners.length >= this.shape.corners) this.finish();
      else this.say("");
    }

    undo() {
      this.corners.pop();
      this.say("");
      this.nodes.sheet.focus({ preventScroll: true });
    }

    finish() {
      const { corners, shape } = this;
      const fault = shape.fault(corners);
      if (fault) {
        if (corners.length >= shape.corners) corners.pop();
        this.say(fault);
        return;
      }
      const options = { pane: "ka-reach", interactive: false, className: "ka-reach" };
      this.leave();
      this.wish.done(shape.text(corners), L.polygon(shape.ring(corners), options));
    }

    press(event) {
      if (this.nodes.bar.contains(event.target) || event.button > 0) return;
      if (!event.isPrimary) {
        this.down = null; // two fingers zoom
        return;
      }
      this.keyed = false;
      const { pointerId: id, clientX: x, clientY: y } = event;
      this.down = { id, x, y, latlng: this.placeOf(event) };
      if (!this.many) this.nodes.sheet.setPointerCapture(id);
    }

    move(event) {
      if (!event.isPrimary || (this.keyed && !this.down)) return;
      this.next = this.placeOf(event);
      if (!this.many && this.down && !this.corners.length && this.wasDragged(event)) {
        this.corners.push(this.down.latlng);
        this.say("");
      }
      this.redraw();
    }

    release(event) {
      const { down } = this;
      if (!down || event.pointerId !== down.id) return;
      const pans = this.many && this.wasDragged(event);
      this.down = null;
      if (!pans) this.set(this.placeOf(event));
    }

    placeOf(event) {
      return this.map.mouseEventToLatLng(event).wrap();
    }

    wasDragged({ clientX, clientY }) {
      return Math.hypot(clientX - this.down.x, clientY - this.down.y) > TAP_PX;
    }

    key(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target !== this.nodes.sheet && event.key !== "Escape") return;
      const arrow = ARROWS[event.key];
      const act = KEYS[event.key];
      if (!arrow && !act) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key !== "Escape" && !this.keyed) {
        this.keyed = true;
        this.say("");
      }
      const step = event.shiftKey ? FINE_PX : STEP_PX;
      if (arrow) this.map.panBy(L.point(arrow).multiplyBy(step), STILL);
      else act(this);
    }
  }

  khyber.startDrawing = (map, wish) => new Drawing(map, wish);
})(window.khyber);
