// What a saved page shows: its records, what the controls ask of them, and who follows.
(function (khyber) {
  "use strict";

  const DAY_MS = 86400000;

  const sum = (mask) => {
    let found = 0;
    for (let row = 0; row < mask.length; row += 1) found += mask[row];
    return found;
  };

  // First and last day of the years asked for; a year at the end of the scale asks nothing.
  function daysOf({ from, to }, [first, last]) {
    const days = {};
    if (from > first) days.from = Date.UTC(from, 0, 1) / DAY_MS;
    if (to < last) days.to = Date.UTC(to + 1, 0, 1) / DAY_MS - 1;
    return days;
  }

  // Records that may lie within the days, but are dated too coarsely to tell.
  function countUndecided(table, mask, { from, to }) {
    const { first, last } = table.days;
    const [start, end] = [from === undefined ? -Infinity : from, to === undefined ? Infinity : to];
    let found = 0;
    for (let row = 0; row < mask.length; row += 1) {
      if (!mask[row] || last[row] < start || first[row] > end) continue;
      if (first[row] < start || last[row] > end) found += 1;
    }
    return found;
  }

  // view: as layers/page_data.py writes it. kinds: the layers of records, {entry, layer,
  // from: number of the first of its rows among all}.
  khyber.PageState = class {
    constructor(map, view) {
      this.map = map;
      this.view = view;
      this.on = new Set(view.layers.filter((each) => each.on).map((each) => each.id));
      this.as = view.as;
      this.kinds = [];
      this.rows = 0;
      this.followers = [];
      this.ask = this.nothing();
    }

    // What the controls ask at first: all records. words: {text, bits: by layer}.
    nothing() {
      const [from, to] = this.view.years;
      return { kind: "", groups: new Set(), from, to, words: null };
    }

    get asks() {
      const { kind, groups, from, to, words } = this.ask;
      const [first, last] = this.view.years;
      return Boolean(kind || groups.size || words || from > first || to < last);
    }

    async read() {
      const entries = this.view.layers.filter((entry) => entry.kind);
      const layers = await Promise.all(
        entries.map((entry) => khyber.readRecords(this.map, this.view, entry))
      );
      this.kinds = entries.map((entry, at) => {
        const from = this.rows;
        this.rows += layers[at].table.rows;
        return { entry, layer: layers[at], from };
      });
      this.counted();
    }

    // The filter of a layer as layers/pagefilter.py writes it; without: a part left out.
    filterOf(id, without) {
      const { kind, groups, words } = this.ask;
      const filter = { equal: {} };
      if (kind && without !== "kind") filter.equal.kind = [kind];
      if (groups.size && without !== "groups") filter.equal.group = [...groups];
      if (words) filter.rows = words.bits[id];
      return without === "years" ? filter : { ...filter, ...daysOf(this.ask, this.view.years) };
    }

    // For each layer which of its records match, with a part of what is asked left out.
    masks(without) {
      return this.kinds.map(({ entry, layer }) =>
        khyber.matching(layer.table, this.filterOf(entry.id, without))
      );
    }

    counted() {
      this.shown = this.kinds.reduce((all, { layer }) => all + sum(layer.kept), 0);
      const days = daysOf(this.ask, this.view.years);
      const dated = days.from === undefined && days.to === undefined;
      const masks = dated ? [] : this.masks("years");
      this.undecided = masks.reduce(
        (all, mask, at) => all + countUndecided(this.kinds[at].layer.table, mask, days),
        0
      );
    }

    // Ask for other records; what follows is told once a frame.
    change(part) {
      Object.assign(this.ask, part);
      if (this.waiting) return;
      this.waiting = requestAnimationFrame(() => {
        this.waiting = 0;
        this.apply();
      });
    }

    apply() {
      this.kinds.forEach(({ entry, layer }) => {
        entry.filter = this.filterOf(entry.id);
        layer.setFilter(entry.filter);
      });
      this.counted();
      this.followers.forEach((follow) => follow(this));
      khyber.showPlayer(this.map);
    }

    follow(act) {
      this.followers.push(act);
    }

    // The view for khyber.show: the layers that are on.
    shownView() {
      const layers = this.view.layers.filter(({ id }) => this.on.has(id));
      return { ...this.view, layers, as: this.as };
    }

    show(more) {
      return khyber.show(this.map, { ...this.shownView(), ...more });
    }

    turn(id, on) {
      if (on) this.on.add(id);
      else this.on.delete(id);
      return this.show();
    }

    // All numbers of a layer's column, read once; NaN where missing.
    numbers(layer, name) {
      const { table } = layer;
      table.numbers = table.numbers || new Map();
      if (!table.numbers.has(name)) {
        table.numbers.set(name, khyber.numbersOf(table.columns.get(name)));
      }
      return table.numbers.get(name);
    }

    // Layer and row of a record by its number among all.
    find(number) {
      const kind = this.kinds.findLast(({ from }) => from <= number);
      return { entry: kind.entry, layer: kind.layer, row: number - kind.from };
    }

    numberOf({ layer, row }) {
      return this.kinds.find((kind) => kind.layer === layer).from + row;
    }

    isShown(number) {
      const { layer, row } = this.find(number);
      return layer.kept[row] === 1;
    }
  };
})(window.khyber);
