// Popups: a card of plain rows; beside the sign, or on a phone a sheet from below.
(function (khyber) {
  "use strict";

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

  function rowText(card, label) {
    const found = card.rows.find((row) => row.label === label);
    return found ? found.text : "";
  }

  function listNode(title, cards, choose) {
    const items = cards.map((each, at) => {
      const when = khyber.el("span", { class: "ka-when", text: rowText(each, "Date") });
      const what = khyber.el("span", { text: `${each.subtitle}, ${each.title}` });
      const who = khyber.el("span", { class: "ka-who", text: rowText(each, "Group") });
      const button = khyber.el("button", { type: "button" }, [when, what, who]);
      button.addEventListener("click", (event) => {
        event.stopPropagation();
        choose(at);
      });
      return khyber.el("li", {}, [button]);
    });
    return khyber.el("div", { class: "ka-card" }, [
      khyber.el("h2", { text: title, tabindex: "-1" }),
      khyber.el("ul", { class: "ka-list" }, items),
    ]);
  }

  // Fill a box with one card, or with a list to choose from; `first` is shown at once.
  function fillBox(box, title, cards, first, resized) {
    const put = (node) => {
      box.replaceChildren(node);
      resized();
      node.querySelector("h2").focus({ preventScroll: true });
    };
    const list = () => put(listNode(title, cards, one));
    function one(at) {
      let back = null;
      if (cards.length > 1) {
        const text = `‹ All ${cards.length} here`;
        back = khyber.el("button", { type: "button", class: "ka-back", text: text });
        back.addEventListener("click", (event) => {
          event.stopPropagation();
          list();
        });
      }
      put(cardNode(cards[at], back));
    }
    if (cards.length === 1) one(0);
    else if (first >= 0) one(first);
    else list();
  }

  khyber.closeCard = function (map) {
    const open = map.khyber.card;
    if (!open) return;
    map.khyber.card = null;
    open.close();
    if (open.opener && open.opener.isConnected) {
      open.opener.focus({ preventScroll: true });
    }
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
    const close = khyber.el("button", {
      type: "button",
      class: "ka-close",
      text: "×",
      "aria-label": "Close",
    });
    close.addEventListener("click", () => khyber.closeCard(map));
    const sheet = khyber.el("div", { class: "ka-sheet", role: "dialog" }, [close, box]);
    L.DomEvent.disableClickPropagation(sheet);
    L.DomEvent.disableScrollPropagation(sheet);
    map.getContainer().appendChild(sheet);
    const resized = () => panClear(map, sheet, latlng);
    return { node: sheet, close: () => sheet.remove(), resized: resized };
  }

  function openBubble(map, box, latlng) {
    const height = Math.max(160, Math.round(map.getSize().y * 0.55));
    const popup = L.popup({
      maxWidth: 340,
      minWidth: 260,
      maxHeight: height,
      className: "ka-popup",
      autoPanPaddingTopLeft: [56, 16],
      autoPanPaddingBottomRight: [16 + map.khyber.legend.width(), 16],
    });
    popup.setLatLng(latlng).setContent(box);
    popup.on("remove", () => {
      if (map.khyber.card && map.khyber.card.popup === popup) khyber.closeCard(map);
    });
    popup.openOn(map);
    const node = popup.getElement();
    node.setAttribute("role", "dialog");
    return {
      node: node,
      popup: popup,
      close: () => popup.remove(),
      resized: () => popup.update(),
    };
  }

  // request: {key, title, cards, latlng, opener, first}
  khyber.openCard = function (map, request) {
    khyber.closeCard(map);
    const box = khyber.el("div", { class: "ka-box" });
    const made = khyber.isPhone(map)
      ? openSheet(map, box, request.latlng)
      : openBubble(map, box, request.latlng);
    made.node.setAttribute("aria-label", request.title);
    closeOnEscape(map, made.node);
    map.khyber.card = { ...made, key: request.key, opener: request.opener };
    const first = request.first === undefined ? -1 : request.first;
    fillBox(box, request.title, request.cards, first, made.resized);
  };
})(window.khyber);
