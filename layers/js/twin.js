// Two maps in one frame: the records of another filter (B) beside those of the map (A), or
// over them with a line to move. The maps are linked: where one goes, the other goes too.
(function (khyber) {
  "use strict";

  const { el } = khyber;
  const EDGE = 5; // per cent of the width that the line keeps from the edges
  const STEPS = { ArrowLeft: -2, ArrowDown: -2, ArrowRight: 2, ArrowUp: 2, PageDown: -10, PageUp: 10 };
  const ENDS = { Home: EDGE, End: 100 - EDGE };
  const MODES = ["side", "swipe"];

  const sizeOf = (map) => map.invalidateSize({ pan: false });

  // Let one map go where the other goes, either way. Returns how to switch that off and on.
  function link(first, second) {
    const links = { on: false };
    let busy = false;
    const guarded = (act) => (event) => {
      if (busy || !links.on) return;
      busy = true;
      try {
        act(event);
      } finally {
        busy = false;
      }
    };
    [[first, second], [second, first]].forEach(([lead, other]) => {
      let [panned, zoomed] = [false, false];
      // Leaflet's own steps of a move: its public ones would draw all anew at each pixel.
      const move = () => {
        sizeOf(other);
        const [centre, zoom] = [lead.getCenter(), lead.getZoom()];
        if (other.getZoom() !== zoom) {
          zoomed = true;
          other._move(centre, zoom, { pinch: true, round: false });
          return;
        }
        const offset = other.project(centre).subtract(other.project(other.getCenter())).round();
        if (!offset.x && !offset.y) return;
        panned = true;
        other._rawPanBy(offset);
        other.fire("move");
      };
      const end = () => {
        if (zoomed) other._moveEnd(true);
        else if (panned) other.fire("moveend");
        [panned, zoomed] = [false, false];
      };
      const reset = () => {
        sizeOf(other);
        other.setView(lead.getCenter(), lead.getZoom(), { reset: true });
        [panned, zoomed] = [false, false];
      };
      const grow = (event) => other._animateZoom(event.center, event.zoom, true, event.noUpdate);
      lead.on("move", guarded(move)).on("moveend", guarded(end));
      lead.on("viewreset", guarded(reset)).on("zoomanim", guarded(grow));
      // A map that still glides stops when the other is taken hold of.
      lead.getContainer().addEventListener("pointerdown", () => links.on && other.stop(), { passive: true });
      links[lead === first ? "toSecond" : "toFirst"] = guarded(reset);
    });
    return links;
  }

  // A layer of the second map reads nothing: it has what the first one's has read.
  function share(layer, entry) {
    const shared = new khyber.RecordLayer({ ...entry, areas: null });
    shared.details = layer.details;
    shared.reading = layer.read().then(() => {
      const { table, areas, buckets } = layer;
      Object.assign(shared, { table, areas, buckets });
      shared.setStyle(shared.style);
      return shared.setFilter(shared.filter);
    });
    return shared;
  }

  function shareRecords(first, second, entries) {
    entries.forEach((entry) => {
      const layer = first.khyber.records.get(entry.id);
      const kept = second.khyber.records.get(entry.id);
      const stale = !kept || kept.options.version !== entry.version;
      if (!layer || layer.options.version !== entry.version || !stale) return;
      if (kept) kept.remove();
      second.khyber.records.set(entry.id, share(layer, entry));
    });
  }

  // What the second map shows: the same but for the records.
  function viewOf(view) {
    const layers = view.layers.map((each) =>
      each.kind ? { ...each, filter: view.versus.filters[each.id] || {} } : each
    );
    return { ...view, layers, focus: null, outlines: undefined, versus: null };
  }

  function makeDivider(twin) {
    const node = el("div", {
      class: "ka-twin-divider",
      role: "slider",
      tabindex: "0",
      "aria-label": "Line between A and B",
      "aria-orientation": "horizontal",
      "aria-valuemin": String(EDGE),
      "aria-valuemax": String(100 - EDGE),
    });
    const put = (percent) => {
      twin.at = Math.min(Math.max(percent, EDGE), 100 - EDGE);
      const told = Math.round(twin.at);
      twin.frame.style.setProperty("--ka-swipe", `${twin.at}%`);
      node.setAttribute("aria-valuenow", String(told));
      node.setAttribute("aria-valuetext", `A ${told} per cent, B ${100 - told} per cent`);
    };
    const drag = (event) => {
      if (!node.hasPointerCapture(event.pointerId)) return;
      const { left, width } = twin.frame.getBoundingClientRect();
      put(((event.clientX - left) / width) * 100);
    };
    node.addEventListener("pointerdown", (event) => node.setPointerCapture(event.pointerId));
    node.addEventListener("pointermove", drag);
    node.addEventListener("keydown", (event) => {
      const to = event.key in STEPS ? twin.at + STEPS[event.key] : ENDS[event.key];
      if (to === undefined) return;
      event.preventDefault();
      put(to);
    });
    put(50);
    return node;
  }

  // A popup of one map is not cut by the line: the maps move until it is clear of it.
  function keepClear(twin, map, isFirst) {
    map.on("popupopen", ({ popup }) => {
      if (twin.mode !== "swipe" || !popup.getElement()) return;
      const box = popup.getElement().getBoundingClientRect();
      const line = twin.divider.getBoundingClientRect();
      const middle = line.left + line.width / 2;
      const over = isFirst ? box.right - middle : box.left - middle;
      if (isFirst ? over > 0 : over < 0) map.panBy([over + (isFirst ? 12 : -12), 0], { animate: false });
    });
  }

  function make(map) {
    const first = map.getContainer();
    const frame = first.parentElement;
    const box = el("div", { class: "ka-twin-b" });
    const names = ["a", "b"].map((letter) =>
      el("p", { class: `ka-twin-name ka-twin-name-${letter}`, text: letter.toUpperCase() })
    );
    first.after(box, ...names);
    const { options } = map;
    const other = L.map(box, { ...options, layers: [], zoomControl: false });
    other.setView(map.getCenter(), map.getZoom(), { animate: false });
    const twin = { map: other, box, names, frame, mode: null };
    twin.divider = makeDivider(twin);
    box.after(twin.divider);
    twin.links = link(map, other);
    keepClear(twin, map, true);
    keepClear(twin, other, false);
    return twin;
  }

  // The first map gets another size; what it looks at stays in its middle.
  function resize(map, change) {
    const [centre, zoom] = [map.getCenter(), map.getZoom()];
    change();
    sizeOf(map);
    if (map.khyber.moved) map.setView(centre, zoom, { animate: false });
    else map.fitBounds(khyber.firstBounds(map, map.khyber.view.extent), { animate: false });
    map.khyber.legend.fold(true);
  }

  function lay(map, twin, mode) {
    const { frame, box, names, divider } = twin;
    [box, divider, ...names].forEach((node) => (node.hidden = !mode));
    map.getContainer().classList.toggle("ka-twin-a", Boolean(mode));
    frame.classList.toggle("ka-twins", Boolean(mode));
    MODES.forEach((each) => frame.classList.toggle(`ka-twins-${each}`, each === mode));
    divider.hidden = mode !== "swipe";
    map.getContainer().setAttribute("aria-label", mode ? "Map of A" : "Map");
    twin.mode = mode;
  }

  function end(map, twin) {
    if (!twin.mode) return undefined;
    twin.links.on = false;
    khyber.closeCard(twin.map);
    resize(map, () => lay(map, twin, null));
    const bare = khyber.show(twin.map, { ...map.khyber.view, layers: [], versus: null, outlines: undefined });
    twin.map.khyber.records.clear();
    return bare;
  }

  // The second map's legend has a name of its own; where the maps look is for the first one
  // to write into the address.
  function settle(second, first) {
    const { legend } = second;
    legend.body.id = "ka-legend-body-b";
    legend.button.setAttribute("aria-controls", legend.body.id);
    legend.fold(true);
    second.files = first.files;
    Object.defineProperty(second, "moved", { get: () => false, set: () => (first.moved = true) });
  }

  // view.versus: {mode: "side" | "swipe", filters: by the id of each layer of records}, or none.
  // Resolves once the second map shows it, or is gone.
  khyber.showTwin = async function (map, view) {
    const state = map.khyber;
    const wish = view.versus;
    if (!wish || !MODES.includes(wish.mode)) return state.twin ? end(map, state.twin) : undefined;
    state.twin = state.twin || make(map);
    const { twin } = state;
    const other = twin.map;
    if (twin.mode !== wish.mode) {
      if (state.player) state.player.close();
      khyber.closeCard(map);
      const change = () => lay(map, twin, wish.mode);
      if (twin.mode) change();
      resize(map, change);
    }
    const seen = viewOf(view);
    if (!other.khyber || !other.khyber.layers) {
      khyber.show(other, { ...seen, layers: [] });
      settle(other.khyber, state);
      twin.box.setAttribute("aria-label", "Map of B");
    }
    twin.links.on = true;
    twin.links.toSecond();
    const entries = seen.layers.filter((each) => each.kind && each.columns);
    shareRecords(map, other, entries);
    return khyber.show(other, seen);
  };
})(window.khyber);
