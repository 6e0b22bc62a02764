// Under the pointer: the sign is set off, and a few words say what it stands for.
(function (khyber) {
  "use strict";

  const REST_MS = 50; // words come when the pointer rests, not for each sign it passes
  const GAP = 9;
  const EDGE = 4;
  const MOUSE_SLACK = 3;
  const NOT_SIGNS =
    ".leaflet-control, .leaflet-marker-icon, .leaflet-popup, .ka-sheet, .ka-stepper, .ka-drawing";

  const sizeOf = (sign) => 2 * sign.half + 8;

  // A ring about a sign; look: its class. In the map's pane, so that it moves with the map.
  khyber.signRing = function (map, look) {
    const pane = map.getPane("ka-gate") || map.getPane("ka-signs");
    const node = khyber.el("div", { class: `ka-halo ${look}`, "aria-hidden": "true" });
    node.hidden = true;
    pane.appendChild(node);
    return {
      show: (sign) => {
        const square = !sign.hex && sign.layer.style.shape === "square";
        node.classList.toggle("ka-halo-square", square);
        node.style.width = node.style.height = `${sizeOf(sign)}px`;
        const corner = L.point(sign.x, sign.y).subtract([sizeOf(sign) / 2, sizeOf(sign) / 2]);
        L.DomUtil.setPosition(node, corner);
        node.hidden = false;
      },
      hide: () => (node.hidden = true),
      remove: () => node.remove(),
    };
  };

  // Words above a sign, or below it where there is no room.
  khyber.signTip = function (map) {
    const container = map.getContainer();
    const node = khyber.el("div", { class: "ka-tip", "aria-hidden": "true" });
    node.hidden = true;
    container.appendChild(node);
    function place(sign) {
      const { x, y } = map.layerPointToContainerPoint([sign.x, sign.y]);
      const [width, height] = [node.offsetWidth, node.offsetHeight];
      const most = container.clientWidth - width - EDGE;
      const above = y - sign.half - GAP - height;
      const left = Math.max(EDGE, Math.min(most, x - width / 2));
      node.style.left = `${Math.round(left)}px`;
      node.style.top = `${Math.round(above < EDGE ? y + sign.half + GAP : above)}px`;
    }
    return {
      show: (sign, lines) => {
        const nodes = lines.filter(({ text }) => text).map((line) => khyber.el("p", line));
        node.replaceChildren(...nodes);
        node.hidden = false;
        place(sign);
      },
      hide: () => (node.hidden = true),
      remove: () => node.remove(),
    };
  };

  khyber.tipLines = (summary, hint) => [
    { class: "ka-tip-title", text: khyber.titleOf(summary) },
    { class: "ka-tip-what", text: `${summary.what}: ${summary.who}` },
    { class: "ka-tip-when", text: summary.when },
    { class: "ka-tip-hint", text: hint },
  ];

  // Whether an element is of another thing than the signs. A marker that the signs are
  // painted over is not, where a sign hides it.
  function isCovered(map, icon) {
    const pane = icon.closest(".leaflet-pane");
    const level = (node) => Number(getComputedStyle(node).zIndex) || 0;
    return pane && level(pane) < level(map.getPane("ka-signs"));
  }

  // The sign that an event is about, or null.
  khyber.signAt = function (acts, event, slack) {
    const { map, hits } = acts;
    const other = event.target.closest ? event.target.closest(NOT_SIGNS) : null;
    const covered = other && other.matches(".leaflet-marker-icon") && isCovered(map, other);
    if (other && !covered) return null;
    return hits.at(map.mouseEventToLayerPoint(event), covered ? 0 : slack);
  };

  // A hexagon is known by its key; a sign by its layer and first row, also when moved.
  khyber.sameSign = function (a, b) {
    if (!a || !b || Boolean(a.hex) !== Boolean(b.hex)) return false;
    if (a.hex) return a.key === b.key;
    return a.layer === b.layer && a.first === b.first && a.coarse === b.coarse;
  };

  const hasMoved = (a, b) => a.x !== b.x || a.y !== b.y || a.half !== b.half;

  // acts: what interact.js makes of a painter.
  khyber.hoverSigns = function (acts) {
    const { map, painter } = acts;
    const container = map.getContainer();
    const ring = khyber.signRing(map, "ka-halo-hover");
    const tip = khyber.signTip(map);
    const ending = new AbortController();
    let [over, last, frame, timer] = [null, null, 0, 0];

    function tell() {
      if (!over) return;
      const summary = acts.summary(over);
      const hint = acts.wouldZoom(over) ? "Click to zoom in" : "";
      tip.show(over, khyber.tipLines(summary, hint));
    }

    function light(sign) {
      const same = khyber.sameSign(sign, over);
      const moved = same && hasMoved(sign, over);
      over = sign;
      if (same && !moved) return;
      window.clearTimeout(timer);
      tip.hide();
      if (!same && painter.light) painter.light(sign);
      container.classList.toggle("ka-over-sign", Boolean(sign));
      if (!sign) {
        ring.hide();
        return;
      }
      ring.show(sign);
      timer = window.setTimeout(tell, REST_MS);
    }

    function look() {
      frame = 0;
      light(last && !acts.isZooming() ? khyber.signAt(acts, last, MOUSE_SLACK) : null);
    }

    function plan(event) {
      last = event;
      if (!frame) frame = L.Util.requestAnimFrame(look);
    }

    const away = () => plan(null);
    const listen = (type, act) =>
      container.addEventListener(type, act, { signal: ending.signal, passive: true });
    listen("pointermove", (event) =>
      plan(event.pointerType === "mouse" && !event.buttons ? event : null)
    );
    listen("pointerdown", away);
    listen("pointerleave", away);
    // What moves under a pointer at rest is looked at anew only where a sign was lit.
    const redrawn = () => over && plan(last);
    const handlers = { "ka:drawn": redrawn, movestart: away, zoomstart: away };
    map.on(handlers);

    return {
      remove: () => {
        ending.abort();
        map.off(handlers);
        if (frame) L.Util.cancelAnimFrame(frame);
        light(null);
        ring.remove();
        tip.remove();
      },
    };
  };
})(window.khyber);
