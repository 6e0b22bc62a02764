// Records: rings and washes for what is known only roughly, and their popups.
(function (khyber) {
  "use strict";

  const SMALLEST_BADGE = 13;

  // The count in the middle of a ring or wash; hovering shows more of the area.
  function badge(context, feature, latlng, area) {
    const { sign, name } = feature.properties;
    const size = Math.max(SMALLEST_BADGE, sign.size - 3);
    const open = (opener) => khyber.openRecords(context, feature, latlng, opener);
    const look = { ...sign, size: size, badge: true, soft: false };
    const marker = khyber.signMarker(latlng, look, name, "ka-signs", open);
    const lit = (on) => () =>
      area.getElement
        ? area.getElement().classList.toggle("ka-lit", on)
        : area.eachLayer((each) => each.getElement().classList.toggle("ka-lit", on));
    marker.on("add", () => {
      const node = marker.getElement();
      ["mouseenter", "focus"].forEach((type) => node.addEventListener(type, lit(true)));
      ["mouseleave", "blur"].forEach((type) => node.addEventListener(type, lit(false)));
    });
    return marker;
  }

  khyber.draw.ring = function (feature, context) {
    const { sign, radius_km: radius } = feature.properties;
    const [lon, lat] = feature.geometry.coordinates;
    const latlng = L.latLng(lat, lon);
    const ring = L.circle(latlng, {
      pane: "ka-rings",
      radius: radius * 1000,
      className: "ka-ring",
      color: sign.colour,
      interactive: false,
    });
    return [ring, badge(context, feature, latlng, ring)];
  };

  khyber.draw.wash = function (feature, context) {
    const { sign, unit } = feature.properties;
    const area = context.areas && context.areas[unit];
    if (!area) {
      khyber.note(context.map, "areas", "Some provinces cannot be shown: no outline.");
      return [];
    }
    const wash = L.geoJSON(area.geometry, {
      pane: "ka-washes",
      interactive: false,
      style: { className: "ka-wash", color: sign.colour, fillColor: sign.colour },
    });
    return [wash, badge(context, feature, L.latLng(area.at), wash)];
  };

  const UNREAD = { title: "The details cannot be read", subtitle: "", rows: [] };

  // Open the records of a feature; `chosen` is the id to show first.
  khyber.openRecords = function (context, feature, latlng, opener, chosen) {
    const { ids, key, name } = feature.properties;
    context.cards().then(
      (all) => {
        const cards = ids.map((id) => all[id] || { ...UNREAD, subtitle: id });
        const first = chosen === undefined ? -1 : ids.indexOf(chosen);
        khyber.openCard(context.map, { key, title: name, cards, latlng, opener, first });
      },
      () =>
        khyber.openCard(context.map, { key, title: name, cards: [UNREAD], latlng, opener })
    );
  };

  khyber.placeOf = function (feature, areas) {
    if (feature.geometry) {
      const [lon, lat] = feature.geometry.coordinates;
      return L.latLng(lat, lon);
    }
    const area = areas && areas[feature.properties.unit];
    return area ? L.latLng(area.at) : null;
  };
})(window.khyber);
