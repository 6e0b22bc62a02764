// Outlines of what the records are filtered by: an area, a ring about a crossing, the
// strip along a border or a route. Dashed, with their words.
(function (khyber) {
  "use strict";

  const ID = "reach"; // of its labels
  // Before the names of towns and provinces; along a strip, only where no sign is hidden.
  const RANK = { area: 9, crossing: 9, border: 15.4, route: 15.4 };

  // A casing below makes the dashes read on any ground.
  const looks = (kind) => [
    { className: "ka-reach-under", fill: false },
    { className: `ka-reach ka-reach-${kind}`, fill: false },
  ];

  const ringsOf = ({ type, coordinates }) =>
    (type === "Polygon" ? [coordinates] : coordinates).map((polygon) => polygon[0]);

  // At the top of the largest part.
  function topOf(geometry) {
    const rings = ringsOf(geometry);
    const largest = rings.reduce((a, b) => (b.length > a.length ? b : a));
    const [lon, lat] = largest.reduce((a, b) => (b[1] > a[1] ? b : a));
    return L.latLng(lat, lon);
  }

  function labelOf({ geometry, properties }) {
    const far = { min_zoom: 0, max_zoom: 30, rank: RANK[properties.kind] };
    const label = { text: properties.label, style: "reach", gap: 5, ...far };
    const along = properties.kind === "border" || properties.kind === "route";
    if (!along) return { ...label, latlng: topOf(geometry), lines: null };
    const lines = ringsOf(geometry).map((ring) => L.GeoJSON.coordsToLatLngs(ring));
    return { ...label, latlng: null, lines };
  }

  // features: as layers/reach.py writes them
  khyber.showReach = function (map, features) {
    const state = map.khyber;
    const says = JSON.stringify(features);
    if (state.reach && state.reach.says === says) return;
    if (state.reach) state.reach.group.remove();
    const parts = features.flatMap((feature) =>
      looks(feature.properties.kind).map((look) =>
        L.geoJSON(feature, { pane: "ka-reach", interactive: false, style: look })
      )
    );
    state.reach = { says, group: L.layerGroup(parts).addTo(map) };
    state.labels.set(ID, features.map(labelOf), []);
  };
})(window.khyber);
