// The signs by keyboard: one stop of the Tab key, arrows from sign to sign.
(function (khyber) {
  "use strict";

  const ROW = 40; // CSS pixels: signs this near in height are read from left to right
  const SETTLED_MS = 250;
  const HELP = "Arrow right and left step through them, Enter opens, Escape leaves";
  const HINT = "Arrows: from sign to sign · Enter: open · L: list · Escape: leave";
  const NEXT = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  const byReading = (a, b) =>
    Math.floor(a.y / ROW) - Math.floor(b.y / ROW) || a.x - b.x || a.y - b.y;

  // Boxes of what lies over the map, in the map's own pixels.
  function coveredBoxes(map) {
    const frame = map.getContainer().getBoundingClientRect();
    return [...map.getContainer().querySelectorAll(".leaflet-control")].map((node) => {
      const box = node.getBoundingClientRect();
      const [left, top] = [box.left - frame.left, box.top - frame.top];
      return L.bounds([left, top], [left + box.width, top + box.height]);
    });
  }

  const isInView = (map, sign) =>
    L.bounds([0, 0], map.getSize()).contains(map.layerPointToContainerPoint([sign.x, sign.y]));

  // Signs whose middle can be seen, as one reads.
  function signsInView(map, painter) {
    const covered = coveredBoxes(map);
    return painter.signs
      .filter((sign) => {
        if (!isInView(map, sign)) return false;
        const at = map.layerPointToContainerPoint([sign.x, sign.y]);
        return !covered.some((box) => box.contains(at));
      })
      .sort(byReading);
  }

  const words = (count) => `${count} sign${count === 1 ? "" : "s"} in view`;

  function makeNodes(container) {
    const node = khyber.el("div", {
      class: "ka-stepper",
      tabindex: "0",
      role: "group",
      "aria-roledescription": "signs of the map",
    });
    node.appendChild(khyber.el("span", { text: HINT, "aria-hidden": "true" }));
    const live = khyber.el("div", { class: "ka-unseen", "aria-live": "polite" });
    container.prepend(node);
    node.after(live);
    return { node, live };
  }

  // acts: what interact.js makes of a painter.
  khyber.stepSigns = function (acts) {
    const { map, painter } = acts;
    const { node, live } = makeNodes(map.getContainer());
    const ring = khyber.signRing(map, "ka-halo-focus");
    const tip = khyber.signTip(map);
    let chosen = null; // the sign, or where it was if it is no longer there
    let timer = 0;

    const isFocused = () => document.activeElement === node;
    const isThere = () => Boolean(chosen && chosen.sign);

    function label() {
      const count = signsInView(map, painter).length;
      node.setAttribute("aria-label", `${words(count)}. ${HELP}.`);
      node.hidden = count === 0 && !isFocused();
    }

    function unmark() {
      ring.hide();
      tip.hide();
    }

    function mark() {
      if (!isThere() || !isFocused() || acts.isZooming()) {
        unmark();
        return;
      }
      const { sign } = chosen;
      ring.show(sign);
      const hint = acts.wouldZoom(sign) ? "Enter zooms in, L lists" : "";
      tip.show(sign, khyber.tipLines(acts.summary(sign), hint));
    }

    function announce(order) {
      const { what, who, when } = acts.summary(chosen.sign);
      const place = order.findIndex((each) => khyber.sameSign(each, chosen.sign));
      const at = place < 0 ? "" : ` ${place + 1} of ${order.length}`;
      live.textContent = `${what}: ${who}; ${when}.${at}`;
    }

    function choose(sign, order) {
      const latlng = map.layerPointToLatLng([sign.x, sign.y]);
      chosen = { sign, like: sign, latlng, zoom: map.getZoom() };
      if (!isInView(map, sign)) map.panTo(chosen.latlng, { animate: !khyber.stillness() });
      mark();
      announce(order);
    }

    // From the chosen sign on; where it has gone, from where it was.
    function step(by) {
      const order = signsInView(map, painter);
      if (!order.length) return;
      const found = order.findIndex((each) => isThere() && khyber.sameSign(each, chosen.sign));
      let at = found + by;
      if (found < 0) {
        const was = chosen ? map.latLngToLayerPoint(chosen.latlng) : null;
        const after = was ? order.findIndex((each) => byReading(each, was) >= 0) : 0;
        at = (after < 0 ? order.length : after) - (was && by < 0 ? 1 : 0);
      }
      choose(order[Math.max(0, Math.min(order.length - 1, at))], order);
    }

    function end(last) {
      const order = signsInView(map, painter);
      if (order.length) choose(order[last ? order.length - 1 : 0], order);
    }

    function leave() {
      chosen = null;
      live.textContent = "";
      unmark();
    }

    function open(list) {
      if (!isThere()) return;
      const zoomed = acts.open(chosen.sign, { opener: node, list });
      if (zoomed) live.textContent = "Zoomed in.";
      unmark();
    }

    const KEYS = {
      Home: () => end(false),
      End: () => end(true),
      Enter: (event) => open(event.shiftKey),
      l: () => open(true),
      L: () => open(true),
      Escape: leave,
    };

    // The map's own keys (arrows move it) must not hear of these.
    node.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const act = event.key in NEXT ? () => step(NEXT[event.key]) : KEYS[event.key];
      if (!act || (event.key === "Escape" && !chosen)) return;
      event.preventDefault();
      event.stopPropagation();
      act(event);
    });

    // After a painting or a filter: the same sign, if it is still there.
    function find() {
      if (!chosen) return;
      const { like, zoom } = chosen;
      const same = (each) => khyber.sameSign(each, like);
      // The hexagons of another zoom are others.
      const kept = !like.hex || zoom === map.getZoom();
      chosen.sign = (kept && painter.signs.find(same)) || null;
      mark();
    }

    function redrawn() {
      find();
      window.clearTimeout(timer);
      timer = window.setTimeout(label, SETTLED_MS);
    }

    node.addEventListener("focus", find);
    node.addEventListener("blur", unmark);
    const handlers = { "ka:drawn": redrawn, move: mark, moveend: redrawn, zoomstart: unmark };
    map.on(handlers);
    label();

    return {
      remove: () => {
        window.clearTimeout(timer);
        map.off(handlers);
        [node, live, ring, tip].forEach((each) => each.remove());
      },
    };
  };
})(window.khyber);
