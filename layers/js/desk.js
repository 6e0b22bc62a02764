// What the map has for the app about it: outlines of what is filtered by, tools to draw an
// area, a player through time; and what the map tells the app.
(function (khyber) {
  "use strict";

  const TOLD = "khyber-told"; // an event of the page about the map's frame (views/bridge.js)

  // The page about the map's frame, if it is ours to speak to.
  function around() {
    try {
      return window.parent.location.href && window.parent !== window ? window.parent : null;
    } catch (error) {
      return null;
    }
  }

  // word: "area" (its text, "" for none) | "record" ([layer's id, row])
  khyber.tell = function (map, word, value) {
    map.fire("ka:told", { word, value });
    const page = around();
    if (page) page.dispatchEvent(new page.CustomEvent(TOLD, { detail: JSON.stringify({ word, value }) }));
  };

  // A record that is opened on the map; not one that the app itself has opened.
  function tellRecords(map) {
    const state = khyber.stateOf(map);
    state.cardFoot = ({ layer, row }) => {
      const { focus } = state.view;
      const known = focus && focus.layer === layer.id && focus.row === row;
      if (!known) khyber.tell(map, "record", [layer.id, row]);
      return null;
    };
  }

  function start(map) {
    tellRecords(map);
    return { tools: khyber.drawTools(map), drawn: null };
  }

  // view.outlines: GeoJSON features of what is filtered by; a view of a page that has no
  // app about it has none. view.bare: of a second map, which has outlines but no tools.
  khyber.showDesk = function (map, view) {
    const state = map.khyber;
    if (!view.bare) khyber.showPlayer(map);
    if (!view.outlines) return;
    khyber.showReach(map, view.outlines);
    if (view.bare) return;
    state.desk = state.desk || start(map);
    state.desk.tools.follow(view.outlines);
  };
})(window.khyber);
