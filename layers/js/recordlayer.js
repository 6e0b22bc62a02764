// A layer of records: reads its columns once, filters them here, has the painter paint.
(function (khyber) {
  "use strict";

  // Class of each row by the style's colouring; a value of no class is of the other one.
  function classesOf(table, colour) {
    const { raw, values } = table.columns.get(colour.column);
    const classOf = new Map();
    colour.classes.forEach((each, at) => each.members.forEach((name) => classOf.set(name, at)));
    const byCode = values.map((value) => (classOf.has(value) ? classOf.get(value) : colour.other));
    return Uint8Array.from(raw, (code) => byCode[code]);
  }

  function marksOf(table, { column, values: wanted }) {
    const { raw, values } = table.columns.get(column);
    const byCode = values.map((value) => (wanted.includes(value) ? 1 : 0));
    return Uint8Array.from(raw, (code) => byCode[code]);
  }

  // source: {url} or {data: the areas, or a promise of them}. Without them the layer shows
  // what is known better than to a province.
  async function areasOf(source) {
    if (!source || !source.url) return source ? source.data : null;
    const answer = await fetch(source.url).catch(() => null);
    return answer && answer.ok ? answer.json() : null;
  }

  // The rows of a mask that lie in some days with all that their date may mean.
  function inDays(table, kept, { from, to }, reused) {
    const { first, last } = table.days;
    const mask = reused || new Uint8Array(kept.length);
    for (let row = 0; row < kept.length; row += 1) {
      mask[row] = kept[row] & (first[row] >= from) & (last[row] <= to);
    }
    return mask;
  }

  // options: {id, columns, details, style, filter, areas, order}
  // kept: 1 for each row that the filter keeps; mask: those of them that are shown.
  khyber.RecordLayer = L.Layer.extend({
    initialize: function (options) {
      L.setOptions(this, options);
      this.id = options.id;
      this.order = options.order || 0;
      this.style = options.style;
      this.filter = options.filter || {};
      this.kept = this.mask = this.played = this.days = null;
      this.details = khyber.details ? khyber.details(options.details) : null;
    },

    onAdd: function (map) {
      this.painter = khyber.painterOf(map);
      this.painter.join(this);
      registry(map).set(this.id, this);
      this.ready = this.read().then(() => this.refresh());
      return this;
    },

    onRemove: function (map) {
      const painter = this.painter;
      this.painter = null;
      registry(map).delete(this.id);
      painter.leave(this);
      khyber.releasePainter(map);
    },

    // Read the columns, once; a layer may be read before it is on a map.
    read: function () {
      this.reading = this.reading || this.readAll();
      return this.reading;
    },

    readAll: async function () {
      const { columns, areas } = this.options;
      const [table, known] = await Promise.all([khyber.loadColumns(columns), areasOf(areas)]);
      this.areas = known;
      this.table = khyber.placeRecords(table, known);
      this.buckets = new khyber.Buckets(table.x, table.y);
      this.setStyle(this.style);
      this.setFilter(this.filter);
      return this;
    },

    refresh: async function () {
      if (this.painter) this.painter.plan();
      return this;
    },

    // As layers/recordstyle.py writes it.
    setStyle: function (style) {
      this.style = style;
      if (!this.table) return this;
      this.classes = classesOf(this.table, style.colour);
      this.open = marksOf(this.table, style.open);
      const { measure } = style;
      this.value = measure ? khyber.numbersOf(this.table.columns.get(measure.column)) : null;
      if (this.mask) this.provinces = khyber.classesByProvince(this);
      if (this.painter) this.painter.plan();
      return this;
    },

    // As layers/pagefilter.py writes it.
    setFilter: function (filter) {
      this.filter = filter;
      if (!this.table) return this;
      this.kept = khyber.matching(this.table, filter, this.kept);
      return this.setWindow(this.days);
    },

    // Show only some days, {from, to}, of what the filter keeps; null: all of it.
    setWindow: function (days) {
      this.days = days;
      if (!this.table) return this;
      if (days) this.played = inDays(this.table, this.kept, days, this.played);
      this.mask = days ? this.played : this.kept;
      this.provinces = khyber.classesByProvince(this);
      if (this.painter) this.painter.plan();
      return this;
    },

    // Whether a record is on the map under the present filter.
    shows: function (row) {
      const { x } = this.table;
      return this.mask[row] === 1 && x[row] === x[row];
    },
  });

  function registry(map) {
    map.kaRecords = map.kaRecords || new Map();
    return map.kaRecords;
  }

  // The record layer of a map by its id; a filter for it, which may come before its data.
  khyber.recordsOf = (map, id) => registry(map).get(id);
  khyber.filterRecords = (map, id, filter) => registry(map).get(id).setFilter(filter);
})(window.khyber);
