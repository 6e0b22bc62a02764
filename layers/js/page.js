// A saved page: the map at once, then controls, table and sources about it.
(function (khyber) {
  "use strict";

  const UNREAD =
    "The records cannot be read: this browser is too old for this page. " +
    "Use one of 2023 or later.";
  const TOLD_MS = 500;
  const SOON_MS = 800;
  const MOST_AHEAD = 20; // chunks of details that are read before anybody asks
  const PHONE = "(max-width: 899px)";

  const byId = (id) => document.getElementById(id);

  function askedWords({ ask, view }) {
    const [first, last] = view.years;
    const years = ask.from === ask.to ? String(ask.from) : `${ask.from}–${ask.to}`;
    return [
      { seizure: "Seizures", incident: "Incidents" }[ask.kind] || "",
      [...ask.groups].map((name) => name || "Not named").join(" or "),
      ask.from > first || ask.to < last ? years : "",
      ask.words ? `“${ask.words.text}”` : "",
    ].filter(Boolean);
  }

  // The line above the map, and for those who hear it, once it has settled.
  function followCount(state) {
    let timer = 0;
    const follow = () => {
      const { shown, rows, undecided, asks } = state;
      const count = `${khyber.thousands(shown)} of ${khyber.thousands(rows)} shown`;
      const more = undecided
        ? ` ${khyber.thousands(undecided)} more ${undecided === 1 ? "is" : "are"} dated too coarsely to tell.`
        : "";
      const words = askedWords(state).join(" · ");
      byId("shown").replaceChildren(
        khyber.el("strong", { text: count }),
        khyber.el("span", { text: words, dir: "auto" }),
        khyber.el("span", { text: more })
      );
      byId("clear").hidden = !asks;
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        byId("told").textContent = `${count}.${more}`;
      }, TOLD_MS);
    };
    follow();
    state.follow(follow);
  }

  // The drawer of the controls stands open where there is room beside the map.
  function foldControls() {
    const phone = window.matchMedia(PHONE);
    const fold = () => (byId("controls").open = !phone.matches);
    fold();
    phone.addEventListener("change", fold);
  }

  function openOnMap(state, layers, { entry, layer, row }, opener) {
    const focus = { layer: entry.id, row, nonce: `${entry.id}:${row}:${Date.now()}`, opener };
    state.on.add(entry.id);
    layers.followLayers();
    byId("map").scrollIntoView({ block: "start" });
    return state.show({ focus });
  }

  // Under a record's card: the way to its row.
  function footCards(state, table) {
    state.map.khyber.cardFoot = (record) => {
      const number = state.numberOf(record);
      table.choose(number);
      const node = khyber.el("button", {
        type: "button",
        class: "kp-torow",
        text: "See it in the table",
      });
      node.addEventListener("click", () => {
        if (khyber.isPhone(state.map)) khyber.closeCard(state.map);
        table.goTo(number);
      });
      return node;
    };
  }

  // So that popups open at once and a print has every source. Of very many, none.
  function readAhead(state, sources) {
    const { size } = state.kinds[0].entry.details;
    if (state.rows > size * MOST_AHEAD) return;
    sources.read();
    state.kinds.forEach(({ layer }) => {
      for (let row = 0; row < layer.table.rows; row += size) layer.details.card(row);
    });
  }

  function clearable(state, table) {
    byId("clear").addEventListener("click", () => {
      table.find.value = "";
      state.change(state.nothing());
      byId("shown").focus();
    });
    byId("shown").setAttribute("tabindex", "-1");
  }

  function build(state, layers) {
    const search = khyber.wordSearch(state);
    let asked = 0;
    const table = new khyber.PageTable(state, {
      open: (record, opener) => openOnMap(state, layers, record, opener),
      search: async (text) => {
        asked += 1;
        const mine = asked;
        const words = await search(text);
        // Of two searches the later one holds, whichever is done first.
        if (mine === asked) state.change({ words });
      },
    });
    footCards(state, table);
    clearable(state, table);
    const sources = new khyber.PageSources(state);
    khyber.preparePrint(state);
    window.setTimeout(() => readAhead(state, sources), SOON_MS);
    byId("map_div").dataset.page = "ready";
  }

  khyber.startPage = async function (map, view) {
    foldControls();
    const state = (map.khyberPage = new khyber.PageState(map, view));
    const layers = khyber.layerControls(state);
    byId("panel").append(layers);
    const first = state.show();
    try {
      await first;
      await state.read();
    } catch (error) {
      byId("shown").textContent = UNREAD;
      throw error;
    }
    followCount(state);
    byId("panel").prepend(khyber.filterControls(state));
    // The map is painted; the table may take a moment where records are many.
    const idle = window.requestIdleCallback || window.setTimeout;
    idle(() => build(state, layers), { timeout: SOON_MS });
  };
})(window.khyber);

var map_div;
(function (khyber) {
  "use strict";
  const view = JSON.parse(document.getElementById("view").textContent);
  map_div = L.map("map_div", view.map);
  khyber.startPage(map_div, view).catch((error) => window.reportError(error));
})(window.khyber);
