// What a person does with signs: points at them, clicks or taps them, steps through them.
(function (khyber) {
  "use strict";

  const FEW = 12; // up to so many, a list is quicker than a way into the map
  const APART_PX = 24; // records come apart where they spread over so many pixels
  const SPREAD_PX = 120; // no further than to where they spread over so many
  const PADDING = 40;
  const MOST_ZOOM = 18; // of a map that names none
  const DRAGGED_PX = 5;
  const SLACK = { mouse: 3, touch: 14 };
  const UNTIL = "zoom in or filter to see them.";

  const sideOf = ({ west, north, east, south }) => Math.max(east - west, south - north);
  const worldPx = (zoom) => 256 * 2 ** zoom;

  function mostZoom(map) {
    const most = map.getMaxZoom();
    return Number.isFinite(most) ? most : MOST_ZOOM;
  }

  // Whether a closer look would show the records apart.
  function comesApart(map, { count, box }) {
    if (count <= FEW || map.getZoom() >= mostZoom(map)) return false;
    return sideOf(box) * worldPx(mostZoom(map)) >= APART_PX;
  }

  function zoomTo(map, box) {
    const { west, north, east, south } = box;
    const bounds = L.latLngBounds(khyber.latlngOf(west, south), khyber.latlngOf(east, north));
    const next = Math.floor(map.getZoom()) + 1;
    const enough = Math.ceil(Math.log2(SPREAD_PX / worldPx(0) / sideOf(box)));
    const fits = map.getBoundsZoom(bounds, false, L.point(2 * PADDING, 2 * PADDING));
    const zoom = Math.min(Math.max(next, Math.min(enough, fits)), mostZoom(map));
    const middle = khyber.latlngOf((west + east) / 2, (north + south) / 2);
    khyber.closeCard(map);
    khyber.stateOf(map).moved = true;
    map.setView(middle, zoom, { animate: !khyber.stillness() });
  }

  // All that is known of a record without details.
  function plainCard(each) {
    const { what, when, who } = khyber.rowLine(each);
    const rows = [["Date", when], ["Group", who]].map(([label, text]) => ({ label, text }));
    return { title: what, subtitle: "", rows };
  }

  function cardOf(each) {
    const { details } = each.layer;
    return details && !details.empty ? details.card(each.row) : plainCard(each);
  }

  // Open records, {layer, row} each, as one card or as a list of cards.
  // wish: {title, latlng, opener, first, left: how many more there are}
  khyber.openRows = function (map, rows, wish) {
    const { layer, row } = rows[0];
    const left = wish.left ? `And ${khyber.thousands(wish.left)} more: ${UNTIL}` : "";
    khyber.openCard(map, {
      ...wish,
      key: `records:${layer.id}:${row}`,
      entries: rows.length,
      entry: (at) => cardOf(rows[at]),
      line: (at) => khyber.rowLine(rows[at]),
      more: left,
      rows,
    });
  };

  // Open one record of a layer where it stands; opener: what has the focus again after it.
  khyber.openRecord = function (map, layer, row, latlng, opener) {
    const { what } = khyber.rowLine({ layer, row });
    khyber.openRows(map, [{ layer, row }], { title: what, latlng, opener: opener || null });
  };

  function openSign(acts, sign, { opener, list }) {
    const { map } = acts;
    const summary = acts.summary(sign);
    if (!summary.count) return false;
    if (!list && comesApart(map, summary)) {
      zoomTo(map, summary.box);
      return true;
    }
    khyber.openRows(map, summary.rows, {
      title: summary.what,
      latlng: map.layerPointToLatLng([sign.x, sign.y]),
      left: summary.left,
      opener,
    });
    return false;
  }

  // Before anything under the sign hears of it.
  function clickSigns(acts) {
    const { map } = acts;
    const ending = new AbortController();
    let down = null;
    let taken = false;
    const listen = (type, act) =>
      map.getContainer().addEventListener(type, act, { capture: true, signal: ending.signal });
    const wasDragged = (event) =>
      down && Math.hypot(event.clientX - down.x, event.clientY - down.y) > DRAGGED_PX;

    listen("pointerdown", (event) => {
      down = { x: event.clientX, y: event.clientY, type: event.pointerType };
    });
    listen("click", (event) => {
      // The second click of two belongs to the first: the map may be on its way already.
      if (event.detail > 1 && taken) {
        event.stopPropagation();
        return;
      }
      taken = false;
      if (wasDragged(event) || acts.isZooming()) return;
      const slack = !down || down.type === "mouse" ? SLACK.mouse : SLACK.touch;
      const sign = khyber.signAt(acts, event, slack);
      if (!sign) return;
      taken = true;
      event.stopPropagation();
      openSign(acts, sign, { opener: null, list: false });
    });
    listen("dblclick", (event) => taken && event.stopPropagation());
    return { remove: () => ending.abort() };
  }

  function isShown(painter, { layer, row }) {
    return painter.layers.includes(layer) && layer.mask && layer.mask[row] === 1;
  }

  // A card stays open while its record is on the map, a list while all of its are.
  function keepCards({ map, painter }) {
    const drawn = () => {
      const { card } = khyber.stateOf(map);
      if (!card || !card.rows) return;
      const rows = card.at < 0 ? card.rows : [card.rows[card.at]];
      if (!rows.every((each) => isShown(painter, each))) khyber.closeCard(map);
    };
    const close = () => khyber.closeCard(map);
    map.on({ "ka:drawn": drawn, click: close });
    return {
      remove: () => {
        map.off({ "ka:drawn": drawn, click: close });
        const { card } = khyber.stateOf(map);
        if (card && card.rows) close();
      },
    };
  }

  // Set up all of it for a painter; remove() takes all of it away.
  khyber.interact = function (painter) {
    const map = painter.map || painter._map;
    const hits = khyber.hits(painter);
    const summaries = new WeakMap();
    let zooming = false;
    const acts = { map, painter, hits, isZooming: () => zooming };
    acts.summary = (sign) => {
      if (!summaries.has(sign)) summaries.set(sign, khyber.signSummary(painter, sign));
      return summaries.get(sign);
    };
    acts.wouldZoom = (sign) => comesApart(map, acts.summary(sign));
    acts.open = (sign, how) => openSign(acts, sign, how);
    const handlers = {
      "ka:drawn": () => hits.stale(),
      zoomstart: () => (zooming = true),
      zoomend: () => (zooming = false),
    };
    map.on(handlers);
    const parts = [
      khyber.hoverSigns(acts),
      khyber.stepSigns(acts),
      clickSigns(acts),
      keepCards(acts),
    ];
    return {
      remove: () => {
        map.off(handlers);
        parts.forEach((part) => part.remove());
      },
    };
  };
})(window.khyber);
