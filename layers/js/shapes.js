// Areas as they are drawn: their texts, as geo/areas.py reads them, and their words.
(function (khyber) {
  "use strict";

  const DECIMALS = 4;
  const MOST_KM = 2000;
  const LEAST_KM = 0.1;
  const CORNERS = 72;
  const MOST_NORTH = 85;

  const round = (degrees) => Number(degrees.toFixed(DECIMALS));
  const within = (value, most) => Math.max(-most, Math.min(most, value));
  const pair = ({ lat, lng }) => `${round(within(lng, 180))},${round(within(lat, MOST_NORTH))}`;
  const km = (a, b) => khyber.geodesicKm(a.lat, a.lng, b.lat, b.lng);

  // Kilometres that a person would say: 8.4, 37, 128.
  const said = (distance) => Number(distance.toPrecision(distance < 100 ? 2 : 3));

  function boundsOf(corners) {
    const bounds = L.latLngBounds(corners);
    return { southWest: bounds.getSouthWest(), northEast: bounds.getNorthEast(), bounds };
  }

  const radiusOf = ([middle, edge]) =>
    said(Math.max(LEAST_KM, Math.min(MOST_KM, km(middle, edge) || LEAST_KM)));

  // A circle on the ground is higher on the map the further north it lies.
  function circleRing(middle, radiusKm) {
    const [lat, lon] = [middle.lat, middle.lng].map((each) => (each * Math.PI) / 180);
    const angle = radiusKm / 6371.0088;
    return Array.from({ length: CORNERS }, (_, at) => {
      const way = (2 * Math.PI * at) / CORNERS;
      const north = Math.asin(
        Math.sin(lat) * Math.cos(angle) + Math.cos(lat) * Math.sin(angle) * Math.cos(way)
      );
      const east = Math.atan2(
        Math.sin(way) * Math.sin(angle) * Math.cos(lat),
        Math.cos(angle) - Math.sin(lat) * Math.sin(north)
      );
      return L.latLng((north * 180) / Math.PI, ((lon + east) * 180) / Math.PI);
    });
  }

  const turn = (a, b, c) => (b.lng - a.lng) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lng - a.lng);
  const apart = (a, b, c, d) => turn(a, b, c) * turn(a, b, d) > 0 || turn(c, d, a) * turn(c, d, b) > 0;

  // Whether two sides that are not neighbours meet.
  function crosses(corners) {
    const sides = corners.map((corner, at) => [corner, corners[(at + 1) % corners.length]]);
    return sides.some(([a, b], at) =>
      sides.some(([c, d], other) => {
        const near = Math.abs(at - other) < 2 || Math.abs(at - other) === sides.length - 1;
        return !near && !apart(a, b, c, d);
      })
    );
  }

  const flat = (corners) =>
    corners.every((each) => Math.abs(turn(corners[0], corners[1], each)) < 1e-9);

  // Each shape: how many corners it takes, its ring, what it measures, its text, and what
  // is wrong with it ("" if nothing is).
  khyber.shapes = {
    box: {
      name: "box",
      title: "Box",
      corners: 2,
      steps: ["first corner", "opposite corner"],
      ring: (corners) => {
        const { southWest, northEast, bounds } = boundsOf(corners);
        return [southWest, bounds.getNorthWest(), northEast, bounds.getSouthEast()];
      },
      size: (corners) => {
        const { southWest, northEast, bounds } = boundsOf(corners);
        const middle = bounds.getCenter().lat;
        const across = km(L.latLng(middle, southWest.lng), L.latLng(middle, northEast.lng));
        const up = km(southWest, L.latLng(northEast.lat, southWest.lng));
        return `${said(across)} by ${said(up)} km`;
      },
      text: (corners) => {
        const { southWest, northEast } = boundsOf(corners);
        return `box:${pair(southWest)},${pair(northEast)}`;
      },
      fault: (corners) => {
        const { southWest, northEast } = boundsOf(corners);
        const wide = round(southWest.lng) < round(northEast.lng);
        return wide && round(southWest.lat) < round(northEast.lat) ? "" : "The corners lie on one line.";
      },
    },
    circle: {
      name: "circle",
      title: "Circle",
      corners: 2,
      steps: ["middle", "edge"],
      ring: (corners) => circleRing(corners[0], radiusOf(corners)),
      size: (corners) => `${radiusOf(corners)} km`,
      text: (corners) => `circle:${pair(corners[0])},${radiusOf(corners)}`,
      fault: () => "",
    },
    polygon: {
      name: "polygon",
      title: "Polygon",
      corners: 100,
      steps: ["first corner", "next corner"],
      ring: (corners) => corners,
      size: (corners) => `${corners.length} corners`,
      text: (corners) => `polygon:${corners.map(pair).join(";")}`,
      fault: (corners) => {
        if (corners.length < 3) return "A polygon needs three corners.";
        if (flat(corners)) return "The corners lie on one line.";
        return crosses(corners) ? "Its sides cross; take back a corner." : "";
      },
    },
  };
})(window.khyber);
