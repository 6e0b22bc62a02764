// The table of a saved page: the records that the controls keep, a hundred at a time.
(function (khyber) {
  "use strict";

  const PAGE = 100;
  const PHONE_PAGE = 25; // rows are high there
  const NARROW = "(max-width: 700px)"; // as in page.css
  const SETTLED_MS = 120;
  const TYPED_MS = 250;
  const COLUMNS = [
    { name: "date", title: "Date", down: true },
    { name: "record", title: "Record" },
    { name: "place", title: "Place" },
    { name: "province", title: "Province, country" },
    { name: "group", title: "Group" },
    { name: "killed", title: "Killed", number: true, down: true },
    { name: "injured", title: "Injured", number: true, down: true },
    { name: "source", title: "Source", unsorted: true },
  ];

  khyber.TABLE_COLUMNS = COLUMNS;

  const button = (attributes, act) => {
    const node = khyber.el("button", { type: "button", ...attributes });
    node.addEventListener("click", act);
    return node;
  };

  khyber.PageTable = class {
    // acts: {open(record, opener): go to it on the map; search(text): a promise}
    constructor(state, acts) {
      this.state = state;
      this.acts = acts;
      this.sort = { name: "date", down: true };
      this.page = 0;
      this.chosen = -1;
      this.narrow = window.matchMedia(NARROW);
      this.build(document.getElementById("table"));
      this.arrange();
      state.follow(() => this.later());
      this.narrow.addEventListener("change", () => this.keep());
    }

    get size() {
      return this.narrow.matches ? PHONE_PAGE : PAGE;
    }

    build(box) {
      this.said = khyber.el("p", { class: "kp-said", id: "table-said" });
      this.head = khyber.el("tr", { role: "row" }, COLUMNS.map((column) => this.heading(column)));
      this.body = khyber.el("tbody", { role: "rowgroup" });
      const table = khyber.el("table", { class: "kp-table", role: "table", "aria-describedby": "table-said" }, [
        khyber.el("caption", { class: "kp-unseen", text: "The records shown on the map" }),
        khyber.el("thead", { role: "rowgroup" }, [this.head]),
        this.body,
      ]);
      this.scroller = khyber.el(
        "div",
        { class: "kp-scroll", tabindex: "0", role: "region", "aria-label": "Table of records" },
        [table]
      );
      const tools = khyber.el("div", { class: "kp-tools" }, [this.finder(), this.sorter(), this.said]);
      box.append(tools, this.scroller, this.pager());
    }

    finder() {
      this.find = khyber.el("input", { type: "search", id: "find", autocomplete: "off", spellcheck: "false" });
      let timer = 0;
      this.find.addEventListener("input", () => {
        window.clearTimeout(timer);
        timer = window.setTimeout(() => this.acts.search(this.find.value), TYPED_MS);
      });
      const label = khyber.el("label", { text: "Find words", for: "find" });
      return khyber.el("div", { class: "kp-find" }, [label, this.find]);
    }

    // On a phone, where the table has no headings.
    sorter() {
      const sorted = COLUMNS.filter((column) => !column.unsorted);
      const options = sorted.map(({ name, title }) => khyber.el("option", { value: name, text: title }));
      this.select = khyber.el("select", { id: "sort" }, options);
      this.select.addEventListener("change", () => this.sortBy(this.select.value));
      const label = khyber.el("label", { text: "Sort by", for: "sort" });
      return khyber.el("div", { class: "kp-sort" }, [label, this.select]);
    }

    heading(column) {
      const look = { scope: "col", role: "columnheader", class: column.number ? "kp-number" : null };
      if (column.unsorted) return khyber.el("th", { ...look, text: column.title });
      const node = khyber.el("th", look, [
        button({ text: column.title }, () => this.sortBy(column.name)),
      ]);
      node.dataset.name = column.name;
      return node;
    }

    pager() {
      const turn = (by) => () => {
        this.page += by;
        this.render();
        this.scroller.scrollTop = 0;
        this.scroller.scrollIntoView({ block: "nearest" });
      };
      this.before = button({ text: "‹ Previous" }, turn(-1));
      this.after = button({ text: "Next ›" }, turn(1));
      this.range = khyber.el("span", { class: "kp-range" });
      return khyber.el("div", { class: "kp-pager" }, [this.before, this.range, this.after]);
    }

    // The same heading again turns the order round.
    sortBy(name) {
      const { down } = COLUMNS.find((column) => column.name === name);
      const again = this.sort.name === name;
      this.sort = { name, down: again ? !this.sort.down : Boolean(down) };
      this.arrange();
    }

    arrange() {
      this.order = khyber.ordered(this.state, this.sort.name, this.sort.down);
      this.select.value = this.sort.name;
      [...this.head.children].forEach((node) => {
        const sorted = node.dataset.name === this.sort.name;
        const word = this.sort.down ? "descending" : "ascending";
        if (sorted) node.setAttribute("aria-sort", word);
        else node.removeAttribute("aria-sort");
      });
      this.keep();
    }

    later() {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.keep(), SETTLED_MS);
    }

    // The records that are shown, in order, from the first page on.
    keep() {
      const { state } = this;
      const kept = new Uint32Array(state.shown);
      const masks = new Uint8Array(state.rows);
      state.kinds.forEach(({ layer, from }) => masks.set(layer.kept, from));
      let at = 0;
      this.order.forEach((number) => {
        if (masks[number]) kept[at++] = number;
      });
      this.kept = kept.subarray(0, at);
      this.page = 0;
      this.render();
    }

    render() {
      const total = this.kept.length;
      const from = this.page * this.size;
      const rows = [...this.kept.subarray(from, from + this.size)];
      this.body.replaceChildren(...rows.map((number) => this.row(number)));
      if (!total) this.body.replaceChildren(this.emptyRow());
      this.before.disabled = from === 0;
      this.after.disabled = from + this.size >= total;
      const words = (number) => khyber.thousands(number);
      this.range.textContent = total
        ? `${words(from + 1)}–${words(from + rows.length)} of ${words(total)}`
        : "";
      this.range.parentNode.hidden = total <= this.size;
      this.said.textContent = total ? "Choose a place to see it on the map. Words narrow the map too." : "";
    }

    emptyRow() {
      const text = "No record matches all of this. Clear a filter, or look for other words.";
      const cell = khyber.el("td", { colspan: COLUMNS.length, class: "kp-empty", text, role: "cell" });
      return khyber.el("tr", { role: "row" }, [cell]);
    }

    row(number) {
      const record = this.state.find(number);
      const act = { class: "kp-goto", text: khyber.placeWords(record), dir: "auto" };
      const { x } = record.layer.table;
      const placed = x[record.row] === x[record.row];
      const place = button(act, () =>
        placed ? this.acts.open(record, this.opener(number)) : this.unfold(number, record)
      );
      const node = khyber.tableRow(this.state, COLUMNS, record, place);
      node.dataset.number = number;
      if (number === this.chosen) node.setAttribute("aria-current", "true");
      return node;
    }

    // A record that the map cannot show is read here.
    async unfold(number, record) {
      const node = this.nodeOf(number);
      const below = node.nextElementSibling;
      if (below && below.classList.contains("kp-unfolded")) {
        below.remove();
        return;
      }
      const cell = khyber.el("td", { colspan: COLUMNS.length, role: "cell" });
      const note = khyber.el("p", { class: "kp-hint", text: "Its place is not known well enough for the map." });
      cell.append(note, khyber.cardNode(await record.layer.details.card(record.row)));
      node.after(khyber.el("tr", { class: "kp-unfolded", role: "row" }, [cell]));
    }

    nodeOf(number) {
      return this.body.querySelector(`tr[data-number="${number}"]`);
    }

    // What has the focus again once the record's card is closed.
    opener(number) {
      const place = () => {
        const node = this.nodeOf(number);
        return node && node.querySelector(".kp-goto");
      };
      return {
        get isConnected() {
          return Boolean(place());
        },
        focus: () => place().focus(),
      };
    }

    // Mark the record that is open on the map.
    choose(number) {
      const before = this.nodeOf(this.chosen);
      if (before) before.removeAttribute("aria-current");
      this.chosen = number;
      const node = this.nodeOf(number);
      if (node) node.setAttribute("aria-current", "true");
    }

    // Turn to a record's row and go there.
    goTo(number) {
      const at = this.kept.indexOf(number);
      if (at < 0) return;
      this.chosen = number;
      this.page = Math.floor(at / this.size);
      this.render();
      const node = this.nodeOf(number);
      node.scrollIntoView({ block: "center", behavior: khyber.stillness() ? "auto" : "smooth" });
      node.querySelector(".kp-goto").focus({ preventScroll: true });
    }
  };
})(window.khyber);
