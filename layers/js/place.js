// Where the map looks, in the address: #zoom/latitude/longitude. A copied link then
// opens the same place. It is written once a visitor has moved the map, so that a
// link to the first view still fits whatever window opens it.
(function (khyber) {
  "use strict";

  const FORM = /^#(\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)$/;
  const DECIMALS = 3;
  // The app writes its own part of the address a little after a change, without ours.
  const LATER_MS = 400;

  // The page with the address bar: in the app the map is a frame within it.
  function addressed() {
    try {
      return window.parent.location.href ? window.parent : window;
    } catch (error) {
      return window; // a frame in somebody else's page
    }
  }

  khyber.readPlace = function () {
    const found = FORM.exec(addressed().location.hash);
    if (!found) return null;
    const [zoom, lat, lon] = found.slice(1).map(Number);
    return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { zoom, latlng: L.latLng(lat, lon) } : null;
  };

  function write(map) {
    const page = addressed();
    const { place } = map.khyber;
    if (!place || page.location.hash === place) return;
    try {
      page.history.replaceState(page.history.state, "", place);
    } catch (error) {
      map.khyber.place = ""; // a browser that lets no file change its address
    }
  }

  // Where a visitor's move has come to rest: not what a drag passes through.
  khyber.settlePlace = function (map) {
    if (!map.khyber.moved) return;
    const { lat, lng } = map.getCenter();
    map.khyber.place = `#${map.getZoom()}/${lat.toFixed(DECIMALS)}/${lng.toFixed(DECIMALS)}`;
    write(map);
  };

  khyber.followPlace = function (map) {
    // Only what a visitor does: the map also moves when its window is resized.
    const container = map.getContainer();
    ["pointerdown", "wheel", "keydown"].forEach((type) =>
      container.addEventListener(type, () => (map.khyber.moved = true), { passive: true })
    );
    map.on("moveend", () => khyber.settlePlace(map));
    addressed().addEventListener("hashchange", () => {
      const place = khyber.readPlace();
      if (place) map.setView(place.latlng, place.zoom, { animate: false });
    });
  };

  khyber.keepPlace = function (map) {
    write(map);
    window.setTimeout(() => write(map), LATER_MS);
  };
})(window.khyber);
