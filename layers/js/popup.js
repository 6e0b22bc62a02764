// Popups: a card of plain rows, or a list of records that open as cards; beside the sign,
// or on a phone a sheet from below. On any Leaflet map, with the atlas about it or not.
(function (khyber) {
  "use strict";

  const WIDEST = 340;
  const NARROWEST = 260;
  const NARROWEST_LIST = 300; // its lines grow as they are read; the popup should not

  // What is open on a map: {card}; cardFoot(row), if there is one, gives what to add under
  // the card of a record.
  khyber.stateOf = function (map) {
    if (map.khyber) return map.khyber;
    map.kaState = map.kaState || { card: null };
    return map.kaState;
  };

  // A first row without a label is a text over the whole width.
  function rowNodes(row, at) {
    const wide = at === 0 && !row.label;
    if (wide) return [khyber.el("dd", { class: "ka-wide", text: row.text })];
    const value = khyber.el("dd", {}, [khyber.link(row.text, row.href)]);
    return [khyber.el("dt", { text: row.label }), value];
  }

  function cardNode(card, back) {
    const rows = khyber.el("dl", { class: "ka-rows" }, card.rows.flatMap(rowNodes));
    return khyber.el("div", { class: "ka-card" }, [
      back,
      card.subtitle ? khyber.el("p", { class: "ka-kind", text: card.subtitle }) : null,
      khyber.el("h2", { text: card.title, tabindex: "-1" }),
      rows,
    ]);
  }

  khyber.cardNode = (card) => cardNode(card, null);

  // Until a card is read: what is known of it already.
  function waitingNode(line, back) {
    const rows = [{ label: "", text: "Reading the details…" }];
    const card = { title: line.what, subtitle: line.when, rows };
    const node = cardNode(card, back);
    node.setAttribute("aria-busy", "true");
    return node;
  }

  function rowText(card, label) {
    const found = card.rows.find((row) => row.label === label);
    return found ? found.text : "";
  }

  const lineOf = (card) => ({
    when: rowText(card, "Date"),
    what: card.subtitle ? `${card.subtitle}, ${card.title}` : card.title,
    who: rowText(card, "Group"),
  });

  function button(attributes, children, act) {
    const node = khyber.el("button", { type: "button", ...attributes }, children);
    node.addEventListener("click", (event) => {
      event.stopPropagation();
      act();
    });
    return node;
  }

  function lineNode(line, act) {
    const spans = {
      when: khyber.el("span", { class: "ka-when", text: line.when }),
      what: khyber.el("span", { text: line.what }),
      who: khyber.el("span", { class: "ka-who", text: line.who }),
    };
    const node = khyber.el("li", {}, [button({}, Object.values(spans), act)]);
    const tell = (card) => {
      if (card.unread) return;
      const read = lineOf(card);
      spans.when.textContent = read.when || line.when;
      spans.what.textContent = read.what;
      spans.who.textContent = read.who || line.who;
    };
    return { node, tell };
  }

  // Details are read for the lines that come into view only.
  function readSeen(lines, entry, closed) {
    const seen = new IntersectionObserver((changes) =>
      changes
        .filter((change) => change.isIntersecting)
        .forEach((change) => {
          seen.unobserve(change.target);
          const at = lines.findIndex(({ node }) => node === change.target);
          Promise.resolve(entry(at)).then(lines[at].tell);
        })
    );
    lines.forEach(({ node }) => seen.observe(node));
    closed.push(() => seen.disconnect());
  }

  function listNode(request, choose, closed) {
    const lines = Array.from({ length: request.entries }, (_, at) =>
      lineNode(request.line(at), () => choose(at))
    );
    if (request.lazy) readSeen(lines, request.entry, closed);
    return khyber.el("div", { class: "ka-card" }, [
      khyber.el("h2", { text: request.title, tabindex: "-1" }),
      khyber.el("ul", { class: "ka-list" }, lines.map(({ node }) => node)),
      request.more ? khyber.el("p", { class: "ka-more", text: request.more }) : null,
    ]);
  }

  // Fill a box with one card, or with a list to choose from; `first` is shown at once.
  function fillBox(box, request, open) {
    let listed = null;
    let scrolled = 0;
    const swap = (node) => {
      box.replaceChildren(node);
      open.resized();
    };
    // What the page has to add under a record's card.
    const footed = (node, at) => {
      const foot = request.foot && request.rows ? request.foot(request.rows[at]) : null;
      if (foot) node.appendChild(foot);
      return node;
    };
    const put = (node, focused) => {
      swap(node);
      (focused || node.querySelector("h2")).focus({ preventScroll: true });
    };
    function list() {
      const before = open.at;
      open.at = -1;
      const again = Boolean(listed);
      if (!again) listed = listNode(request, one, open.closed);
      put(listed, again ? listed.querySelectorAll(".ka-list button")[before] : null);
      open.scroller.scrollTop = scrolled;
    }
    function backButton() {
      if (request.entries < 2) return null;
      const text = request.more ? "‹ Back to the list" : `‹ All ${request.entries} here`;
      return button({ class: "ka-back", text: text }, [], list);
    }
    function one(at) {
      if (open.at < 0) scrolled = open.scroller.scrollTop;
      open.at = at;
      const card = request.entry(at);
      if (!card.then) {
        put(cardNode(card, backButton()));
        return;
      }
      const waiting = footed(waitingNode(request.line(at), backButton()), at);
      put(waiting);
      card.then((read) => {
        if (!waiting.isConnected) return;
        const place = box.contains(document.activeElement) ? put : swap;
        place(footed(cardNode(read, backButton()), at));
      });
    }
    if (request.entries === 1) one(0);
    else if (request.first >= 0) one(request.first);
    else list();
  }

  khyber.closeCard = function (map) {
    const state = khyber.stateOf(map);
    const open = state.card;
    if (!open) return;
    state.card = null;
    const active = document.activeElement;
    const lost = open.node.contains(active) || active === document.body || !active;
    open.closed.forEach((stop) => stop());
    open.close();
    // A card that goes by itself takes no focus from another part of the page.
    if (!lost || !document.hasFocus()) return;
    if (open.opener && open.opener.isConnected) open.opener.focus({ preventScroll: true });
  };

  function closeOnEscape(map, node) {
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      khyber.closeCard(map);
    });
  }

  // Keep the sign that was opened in the part of the map above the sheet.
  function panClear(map, sheet, latlng) {
    const free = map.getSize().y - sheet.offsetHeight;
    const { y } = map.latLngToContainerPoint(latlng);
    if (y > free - 30) map.panBy([0, y - free / 2], { animate: !khyber.stillness() });
  }

  function openSheet(map, box, latlng) {
    const look = { class: "ka-close", text: "×", "aria-label": "Close" };
    const close = button(look, [], () => khyber.closeCard(map));
    const sheet = khyber.el("div", { class: "ka-sheet", role: "dialog" }, [close, box]);
    khyber.keepClicks(sheet);
    L.DomEvent.disableScrollPropagation(sheet);
    map.getContainer().appendChild(sheet);
    const resized = () => panClear(map, sheet, latlng);
    return { node: sheet, scroller: sheet, close: () => sheet.remove(), resized: resized };
  }

  function openBubble(map, box, request) {
    const { legend } = khyber.stateOf(map);
    // The box scrolls by itself: Leaflet measures a popup once, and cards are read later.
    box.style.maxHeight = `${Math.max(160, Math.round(map.getSize().y * 0.55))}px`;
    const popup = L.popup({
      maxWidth: WIDEST,
      minWidth: request.entries > 1 ? NARROWEST_LIST : NARROWEST,
      className: "ka-popup",
      autoPanPaddingTopLeft: [56, 16],
      autoPanPaddingBottomRight: [16 + (legend ? legend.width() : 0), 16],
    });
    popup.setLatLng(request.latlng).setContent(box);
    popup.on("remove", () => {
      const { card } = khyber.stateOf(map);
      if (card && card.popup === popup) khyber.closeCard(map);
    });
    popup.openOn(map);
    const node = popup.getElement();
    node.setAttribute("role", "dialog");
    const close = () => {
      popup.remove();
      node.remove(); // at once: Leaflet lets it fade, and two would be there
    };
    return { node, popup, close, scroller: box, resized: () => popup.update() };
  }

  // A request with its cards ready, as one whose cards are read when they are wanted.
  function asked(request) {
    const first = request.first === undefined ? -1 : request.first;
    const { cards } = request;
    if (!cards) return { ...request, first, lazy: true };
    const entry = (at) => cards[at];
    return { ...request, first, entries: cards.length, entry, line: (at) => lineOf(cards[at]) };
  }

  // request: {key, title, latlng, opener, first} and either {cards} or
  // {entries: how many, entry(at): promise of a card, line(at): {when, what, who}, more, rows}
  khyber.openCard = function (map, request) {
    khyber.closeCard(map);
    const box = khyber.el("div", { class: "ka-box" });
    const wish = { ...asked(request), foot: khyber.stateOf(map).cardFoot };
    const made = khyber.isPhone(map)
      ? openSheet(map, box, wish.latlng)
      : openBubble(map, box, wish);
    made.node.setAttribute("aria-label", wish.title);
    closeOnEscape(map, made.node);
    const { key, opener, rows } = wish;
    const open = { ...made, key, opener, rows, at: -1, closed: [] };
    khyber.stateOf(map).card = open;
    fillBox(box, wish, open);
  };
})(window.khyber);
