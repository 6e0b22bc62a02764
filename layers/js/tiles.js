// Optional online tiles over the built-in land. They may fail: the land stays.
(function (khyber) {
  "use strict";

  const UNREACHABLE = "Online map cannot be reached; the built-in map is shown.";

  // tiles: null or {url, attribution, max_zoom, subdomains}
  khyber.setTiles = function (map, tiles) {
    const state = map.khyber;
    const key = JSON.stringify(tiles || null);
    if (state.tilesKey === key) return;
    state.tilesKey = key;
    if (state.tiles) state.tiles.remove();
    state.tiles = null;
    khyber.note(map, "tiles", "");
    state.labels.setQuiet(false);
    if (!tiles) return;
    const layer = L.tileLayer(tiles.url, {
      attribution: tiles.attribution,
      maxNativeZoom: tiles.max_zoom,
      subdomains: tiles.subdomains || "abc",
      className: "ka-tiles",
    });
    layer.on("tileload", () => {
      if (state.tiles !== layer) return;
      state.labels.setQuiet(true);
      khyber.note(map, "tiles", "");
    });
    layer.on("tileerror", () => {
      if (state.tiles === layer && !state.labels.quiet) khyber.note(map, "tiles", UNREACHABLE);
    });
    state.tiles = layer.addTo(map);
  };
})(window.khyber);
