// khyber.show(map, view): bring the map to a view by changing only what differs.
(function (khyber) {
  "use strict";

  // Afghanistan and Khyber Pakhtunkhwa: what a visitor sees first.
  const FIRST_VIEW = [[29.2, 60.3], [38.7, 75.1]];
  const FIRST_VIEW_PHONE = [[30.5, 62.5], [37.5, 73.5]];
  const CREDIT =
    '© <a href="https://www.openstreetmap.org/copyright" target="_blank" rel="noopener">' +
    "OpenStreetMap</a> contributors (ODbL) · Natural Earth · GeoNames (CC BY 4.0)";
  // Below this zoom the signs of crossings are a little smaller.
  const FAR_BELOW = 7;
  // The legend starts open where there is room beside the first view.
  const LEGEND_FROM = 1050;
  const LEGEND_WIDTH = 230;

  function start(map, view) {
    const container = map.getContainer();
    container.classList.add("ka-map");
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", "Map");
    Object.entries(khyber.PANES).forEach(([name, z]) => {
      map.createPane(name).style.zIndex = z;
    });
    const state = (map.khyber = khyber.stateOf(map));
    Object.assign(state, { layers: new Map(), records: new Map(), files: new Map(), view: null });
    state.notes = khyber.el("div", { class: "ka-notes", role: "status", "aria-live": "polite" });
    container.appendChild(state.notes);
    if (map.attributionControl) {
      map.attributionControl.setPrefix(false).addAttribution(CREDIT);
    }
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
    state.legend = new khyber.Legend().addTo(map);
    state.labels = new khyber.Labels().addTo(map);
    map.on("click", () => khyber.closeCard(map));
    const scaleSigns = () => container.classList.toggle("ka-far", map.getZoom() < FAR_BELOW);
    map.on("zoomend", scaleSigns);
    scaleSigns();
    firstView(map, view.extent);
    khyber.followPlace(map);
    khyber.followPainter(map, () => {
      const painter = map.kaPainter;
      // While time is played, names do not jump with each step, nor does the legend of
      // signs, which stays the same; that of hexagons tells other numbers.
      const playing = state.player && state.player.playing;
      if (!playing || (painter && painter.as !== "signs")) khyber.showLegend(map, state.view);
      if (playing) return;
      state.labels.setSigns(painter ? painter.signs : []);
    });
    return state;
  }

  khyber.firstBounds = (map, extent) =>
    L.latLngBounds(extent || (khyber.isPhone(map) ? FIRST_VIEW_PHONE : FIRST_VIEW));

  const SAME_PX = 4;

  // The map may start without a size (in a folded tab) and be sized later. In the app, what
  // stands beside it may come after it: the first view is then fitted anew.
  function firstView(map, extent) {
    const container = map.getContainer();
    const state = map.khyber;
    let done = null;
    const isLeft = () =>
      extent !== undefined ||
      state.moved ||
      map.getZoom() !== done.zoom ||
      map.project(map.getCenter()).distanceTo(map.project(done.center)) > SAME_PX;
    const fit = () => {
      const left = done && (done.width === container.clientWidth || isLeft());
      map.invalidateSize({ pan: false });
      if (left || !container.clientWidth || !container.clientHeight) return;
      const roomy = container.clientWidth >= LEGEND_FROM;
      state.legend.fold(!roomy);
      const place = khyber.readPlace();
      if (place) {
        state.moved = true;
        done = { width: container.clientWidth };
        map.setView(place.latlng, place.zoom, { animate: false });
        khyber.settlePlace(map);
        return;
      }
      map.fitBounds(khyber.firstBounds(map, extent), {
        animate: false,
        paddingBottomRight: [roomy ? LEGEND_WIDTH : 0, 0],
      });
      done = { zoom: map.getZoom(), center: map.getCenter(), width: container.clientWidth };
    };
    fit();
    new ResizeObserver(fit).observe(container);
  }

  async function read(source) {
    if (source.block !== undefined) return (await khyber.readBlock(source.block)).json();
    const response = await fetch(source.url);
    if (!response.ok) throw new Error(`${response.status}`);
    return response.json();
  }

  // A file by its address, or a block of the page, read once; inline data as it is.
  khyber.load = function (state, source) {
    if (source.data !== undefined) return Promise.resolve(source.data);
    const key = source.block === undefined ? source.url : `#${source.block}`;
    if (!state.files.has(key)) {
      const answer = read(source);
      answer.catch(() => state.files.delete(key));
      state.files.set(key, answer);
    }
    return state.files.get(key);
  };

  function remove(map, id) {
    const shown = map.khyber.layers.get(id);
    if (!shown) return;
    map.khyber.layers.delete(id);
    if (shown.group) shown.group.remove();
    map.khyber.labels.set(id, [], []);
    khyber.note(map, `layer:${id}`, "");
  }

  function put(map, layer, collection) {
    const state = map.khyber;
    const before = state.layers.get(layer.id);
    const drawn = khyber.drawCollection(collection, { map });
    if (before.group) before.group.remove();
    before.group = drawn.group.addTo(map);
    before.collection = collection;
    state.labels.set(layer.id, drawn.labels, drawn.signs);
    khyber.note(map, `layer:${layer.id}`, "");
  }

  // Bring one layer up to date; what is drawn stays until its successor is ready.
  function update(map, layer) {
    const state = map.khyber;
    const before = state.layers.get(layer.id);
    if (before && before.version === layer.version) {
      return before.ready;
    }
    const entry = { ...before, version: layer.version, heading: layer.group };
    state.layers.set(layer.id, entry);
    const isCurrent = () => state.layers.get(layer.id) === entry;
    entry.ready = khyber.load(state, layer).then(
      (collection) => isCurrent() && put(map, layer, collection),
      () => {
        if (!isCurrent()) return;
        entry.version = null;
        khyber.note(map, `layer:${layer.id}`, `The layer “${layer.name}” cannot be read; reload the page to try again.`);
      }
    );
    return entry.ready;
  }

  khyber.showLegend = function (map, view) {
    const drawn = view.layers
      .map((layer) => map.khyber.layers.get(layer.id))
      .filter((entry) => entry && entry.collection)
      .map((entry) => ({
        title: entry.heading,
        legend: entry.collection.legend || [],
        note: entry.collection.note,
      }));
    map.khyber.legend.show([...drawn, ...khyber.recordSections(map)]);
  };

  // The popup of a crossing or route stays open while it is on the map (records: interact.js).
  function keepCard(map) {
    const card = map.khyber.card;
    if (!card) return;
    const keys = [...map.khyber.layers.values()].flatMap((entry) =>
      entry.collection ? entry.collection.features.map((each) => each.properties.key) : []
    );
    if (/^(crossing|route):/.test(card.key) && !keys.includes(card.key)) khyber.closeCard(map);
  }

  // Go to a record and open it; a nonce tells a new wish from a repeated view.
  function focus(map, view) {
    const state = map.khyber;
    const wish = view.focus;
    if (!wish || state.focused === wish.nonce) return;
    state.focused = wish.nonce;
    state.moved = true;
    const found = khyber.focusRecord(map, wish);
    const words = "That record is not on the map: its layer is off, or its place is not known.";
    khyber.note(map, "focus", found ? "" : words);
  }

  function gatesOf(map) {
    const crossings = map.khyber.layers.get("crossings");
    const features = crossings && crossings.collection ? crossings.collection.features : [];
    return features
      .filter((feature) => feature.properties.main)
      .map(({ geometry }) => L.latLng(geometry.coordinates[1], geometry.coordinates[0]));
  }

  // view: {layers: [{id, name, group, version, url | block | data} or of records
  // (records.js)], areas, as, tiles, focus, extent: where to look at first,
  // outlines: what is filtered by (desk.js)}
  khyber.show = function (map, view) {
    const state = map.khyber && map.khyber.layers ? map.khyber : start(map, view);
    state.view = view;
    const wanted = new Set(view.layers.map((layer) => layer.id));
    [...state.layers.keys()].filter((id) => !wanted.has(id)).forEach((id) => remove(map, id));
    khyber.hideRecords(map, wanted);
    khyber.setTiles(map, view.tiles);
    const ready = view.layers
      .filter((layer) => layer.columns || !layer.kind)
      .map((layer) =>
        layer.kind ? khyber.updateRecords(map, view, layer) : update(map, layer)
      );
    state.settled = Promise.all(ready).then(async () => {
      if (state.view !== view) return;
      state.gates = gatesOf(map);
      khyber.setPainter(map, view);
      khyber.showLegend(map, view);
      khyber.showDesk(map, view);
      khyber.keepPlace(map);
      keepCard(map);
      focus(map, view);
      await khyber.showTwin(map, view);
      const { dataset } = map.getContainer();
      dataset.ready = String(Number(dataset.ready || 0) + 1);
    });
    return state.settled;
  };
})(window.khyber);
