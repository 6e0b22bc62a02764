// The tools to draw an area with, which the app then filters by.
(function (khyber) {
  "use strict";

  const { el, svg } = khyber;
  const WAIT_MS = 8000; // for the app's answer, until what was drawn goes again
  const ICONS = {
    tools:
      "M2.5 3.5h3v3h-3zM11.5 2.5h3v3h-3zM12.5 11.5h3v3h-3zM4.5 12.5h3v3h-3z" +
      "M5.5 5l6-1M13 5.5l1 6M12.5 13l-5 1M4 6.5l1.5 6",
    box: "M3 4h12v10H3z",
    circle: "M9 3a6 6 0 1 0 .01 0z",
    polygon: "M9 2.5 15.5 7 13 15H5L2.5 7z",
    clear: "M4.5 4.5l9 9M13.5 4.5l-9 9",
  };

  function button(name, words, act) {
    const icon = svg("svg", { viewBox: "0 0 18 18", "aria-hidden": "true" }, [
      svg("path", { d: ICONS[name] }),
    ]);
    const look = { type: "button", class: `ka-draw-${name}`, title: words, "aria-label": words };
    const node = el("button", look, [icon]);
    node.addEventListener("click", act);
    return node;
  }

  // What was drawn stays until the app has answered.
  function keep(map, ring) {
    const { desk } = map.khyber;
    if (desk.drawn) desk.drawn.remove();
    desk.drawn = ring.addTo(map);
    window.setTimeout(() => {
      if (desk.drawn === ring) forget(map);
    }, WAIT_MS);
  }

  function forget(map) {
    const { desk } = map.khyber;
    if (desk.drawn) desk.drawn.remove();
    desk.drawn = null;
  }

  const Tools = L.Control.extend({
    options: { position: "topleft" },

    onAdd: function (map) {
      this.map = map;
      this.button = button("tools", "Draw an area to filter by", () => this.fold(this.open));
      this.button.setAttribute("aria-controls", "ka-draw-shapes");
      this.shapes = Object.entries(khyber.shapes).map(([name, shape]) =>
        button(name, `Draw a ${shape.name}`, (event) => this.start(name, event.detail === 0))
      );
      this.clear = button("clear", "Take the drawn area away", () => this.tellNone());
      this.clear.hidden = true;
      this.box = el("div", { class: "ka-draw-shapes", id: "ka-draw-shapes" }, this.shapes);
      const node = el("div", { class: "leaflet-bar ka-draw" }, [this.button, this.box, this.clear]);
      node.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !this.open) return;
        this.fold(true);
        this.button.focus();
      });
      khyber.keepClicks(node);
      this.fold(true);
      return node;
    },

    fold: function (folded) {
      this.open = !folded;
      this.box.hidden = folded;
      this.button.setAttribute("aria-expanded", String(this.open));
    },

    start: function (name, keyed) {
      if (this.drawing) this.drawing.leave();
      const { map } = this;
      if (this.drawing) this.drawing.leave();
      khyber.closeCard(map);
      map.khyber.moved = true;
      this.fold(true);
      this.hold(true);
      this.drawing = khyber.startDrawing(map, {
        shape: khyber.shapes[name],
        keyed,
        done: (text, ring) => {
          keep(map, ring);
          khyber.tell(map, "area", text);
        },
        left: (held) => {
          this.drawing = null;
          this.hold(false);
          if (held) this.button.focus({ preventScroll: true });
        },
      });
    },

    // The legend, which covers a part of the map, goes while one draws.
    hold: function (held) {
      this.map.getContainer().classList.toggle("ka-is-drawing", held);
      this.button.setAttribute("aria-pressed", String(held));
    },

    tellNone: function () {
      this.button.focus({ preventScroll: true });
      this.clear.hidden = true;
      khyber.tell(this.map, "area", "");
    },

    // After a view: whether there is an area to take away.
    follow: function (features) {
      forget(this.map);
      this.clear.hidden = !features.some(({ properties }) => properties.kind === "area");
    },
  });

  khyber.drawTools = (map) => new Tools().addTo(map);
})(window.khyber);
