// Drawing a FeatureCollection: each feature says how by its property `draw`.
(function (khyber) {
  "use strict";

  // Panes from the bottom up; Leaflet's own tiles are at 200, popups at 700.
  khyber.PANES = {
    "ka-ground": 150,
    "ka-areas": 310,
    "ka-lines": 360,
    "ka-routes-under": 368,
    "ka-routes": 370,
    "ka-towns": 400,
    "ka-crossings": 560,
    "ka-reach": 590,
    "ka-signs": 600,
    "ka-gate": 620,
    "ka-labels": 640,
  };

  khyber.draw = {};

  function openOwnCard(context, feature, key, latlng, opener) {
    const card = feature.properties.popup;
    khyber.openCard(context.map, { key, title: card.title, cards: [card], latlng, opener });
  }

  // Let a line or area of note be reached and opened by keyboard too.
  khyber.makeOpenable = function (path, name, open) {
    path.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      open(event.latlng, path.getElement());
    });
    path.on("add", () => {
      const node = path.getElement();
      if (!node) return;
      node.setAttribute("tabindex", "0");
      node.setAttribute("role", "button");
      node.setAttribute("aria-label", name);
      node.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        open(path.getBounds().getCenter(), node);
      });
    });
  };

  khyber.draw.ground = function (feature, context) {
    const look = `ka-ground ka-ground-${feature.properties.role}`;
    const options = { pane: "ka-ground", interactive: false };
    return [L.geoJSON(feature, { ...options, style: { className: look } })];
  };

  khyber.draw.area = function (feature, context) {
    const { role, name, unit } = feature.properties;
    const path = L.geoJSON(feature, {
      pane: "ka-areas",
      style: { className: `ka-area ka-area-${role}` },
    });
    path.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      openOwnCard(context, feature, `area:${unit || name}`, event.latlng, null);
    });
    return [path];
  };

  khyber.draw.line = function (feature, context) {
    const { role, name } = feature.properties;
    const latlngs = khyber.latlngs(feature.geometry);
    const seen = L.polyline(latlngs, {
      pane: "ka-lines",
      className: `ka-line ka-line-${role}`,
      interactive: false,
    });
    // A wide unseen line over the thin one is easier to hit.
    const hit = L.polyline(latlngs, {
      pane: "ka-lines",
      className: "ka-hit",
      weight: 14,
      smoothFactor: 4,
    });
    khyber.makeOpenable(hit, name, (latlng, opener) =>
      openOwnCard(context, feature, `line:${name}`, latlng, opener)
    );
    return [seen, hit];
  };

  // Towns are drawn by the labels: a dot without room for its name is left out.
  khyber.draw.town = () => [];

  khyber.draw.sign = function (feature, context) {
    const { sign, name, key, main } = feature.properties;
    const [lon, lat] = feature.geometry.coordinates;
    const latlng = L.latLng(lat, lon);
    const open = (opener) => openOwnCard(context, feature, key, latlng, opener);
    return [khyber.signMarker(latlng, sign, name, main ? "ka-gate" : "ka-crossings", open)];
  };

  khyber.latlngs = function (geometry) {
    const depth = geometry.type === "MultiLineString" ? 1 : 0;
    return L.GeoJSON.coordsToLatLngs(geometry.coordinates, depth);
  };

  function labelOf(feature) {
    const label = feature.properties.label;
    const geometry = feature.geometry;
    const candidate = { ...label, latlng: null, lines: null };
    if (label.at) candidate.latlng = L.latLng(label.at);
    else if (geometry.type === "Point") {
      candidate.latlng = L.latLng(geometry.coordinates[1], geometry.coordinates[0]);
    } else {
      const latlngs = khyber.latlngs(geometry);
      candidate.lines = geometry.type === "LineString" ? [latlngs] : latlngs;
    }
    const sign = feature.properties.sign;
    candidate.gap = sign ? sign.size / 2 + 3 : 5;
    return candidate;
  }

  // Draw a collection; returns what is on the map, the labels to place, and the signs
  // that labels should keep clear of.
  khyber.drawCollection = function (collection, context) {
    const parts = [];
    const labels = [];
    const signs = [];
    collection.features.forEach((feature) => {
      const { sign } = feature.properties;
      if (sign) {
        const [lon, lat] = feature.geometry.coordinates;
        signs.push({ latlng: L.latLng(lat, lon), half: Math.max(sign.size, 13) / 2 });
      }
      const draw = khyber.draw[feature.properties.draw];
      if (draw) parts.push(...draw(feature, context));
      if (feature.properties.label) labels.push(labelOf(feature));
    });
    return { group: L.layerGroup(parts), labels: labels, signs: signs };
  };
})(window.khyber);
