// The record layers of a view: made once, then only told of other filters and styles.
(function (khyber) {
  "use strict";

  const LEGEND_MS = 120; // after the last painting: a legend may lag, a filter may not
  const FOCUS_ZOOM = 9;
  const PROVINCE_ZOOM = 7;
  const PROVINCE = 3;

  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  function make(map, view, entry) {
    const areas = khyber.load(map.khyber, view.areas).catch(() => null);
    return new khyber.RecordLayer({ ...entry, areas: { data: areas } });
  }

  function tellUnread(map, entry) {
    const words = `The layer “${entry.name}” cannot be read; reload the page to try again.`;
    khyber.note(map, `layer:${entry.id}`, words);
  }

  // Read a record layer that need not be shown; resolves to it.
  khyber.readRecords = function (map, view, entry) {
    const kept = map.khyber.records;
    if (!kept.has(entry.id)) kept.set(entry.id, make(map, view, entry));
    return kept.get(entry.id).read();
  };

  // Bring one record layer up to date; resolves once its data is there.
  khyber.updateRecords = function (map, view, entry) {
    const kept = map.khyber.records;
    let layer = kept.get(entry.id);
    if (!layer || layer.options.version !== entry.version) {
      if (layer) layer.remove();
      layer = make(map, view, entry);
      kept.set(entry.id, layer);
    }
    if (!same(layer.style, entry.style)) layer.setStyle(entry.style);
    if (!same(layer.filter, entry.filter)) layer.setFilter(entry.filter);
    if (!map.hasLayer(layer)) layer.addTo(map);
    return layer.ready.then(
      () => khyber.note(map, `layer:${entry.id}`, ""),
      () => {
        layer.remove();
        kept.delete(entry.id);
        tellUnread(map, entry);
      }
    );
  };

  // What a layer no longer shown has read is kept: it may be shown again.
  khyber.hideRecords = function (map, wanted) {
    map.khyber.records.forEach((layer, id) => {
      if (!wanted.has(id) && map.hasLayer(layer)) layer.remove();
      if (!wanted.has(id)) khyber.note(map, `layer:${id}`, "");
    });
  };

  khyber.setPainter = function (map, view) {
    const painter = map.kaPainter;
    if (!painter) return;
    painter.gates = map.khyber.gates || [];
    painter.show(view.as || "signs");
    painter.paint();
  };

  khyber.recordSections = function (map) {
    const painter = map.kaPainter;
    if (!painter || !painter.shown) return [];
    if (painter.as !== "signs") {
      return [khyber.surfaceLegend(painter.as, painter.surface || {})];
    }
    return painter.shown.map((layer) => khyber.recordLegend(layer, painter));
  };

  // Legend and labels follow what is painted, a little later.
  khyber.followPainter = function (map, follow) {
    let waiting = null;
    map.on("ka:drawn", () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(follow, LEGEND_MS);
    });
    map.on("unload", () => window.clearTimeout(waiting));
  };

  // Go to a record and open it. Resolves to whether it is on the map.
  khyber.focusRecord = function (map, wish) {
    const layer = map.khyber.records.get(wish.layer);
    if (!layer || !map.hasLayer(layer) || !layer.table || !layer.shows(wish.row)) return false;
    const { table } = layer;
    const coarse = table.rank[wish.row] === PROVINCE;
    const zoom = coarse ? Math.min(map.getZoom(), PROVINCE_ZOOM) : Math.max(map.getZoom(), FOCUS_ZOOM);
    const latlng = khyber.latlngOf(table.x[wish.row], table.y[wish.row]);
    // Without animation: a popup opened on the way would not make room for itself.
    map.setView(latlng, zoom, { animate: false });
    khyber.openRecord(map, layer, wish.row, latlng, wish.opener);
    return true;
  };
})(window.khyber);
