// A map with a painter that paints nothing: signs of records counted in squares of 40 px.
window.harness = (function () {
  "use strict";

  const CELL = 40;
  const STYLES = {
    incident: { singular: "incident", plural: "incidents", shape: "circle" },
    seizure: { singular: "seizure", plural: "seizures", shape: "square" },
  };

  function coded(texts) {
    const values = [...new Set(texts)].sort();
    return { type: "text", values, raw: Uint16Array.from(texts, (text) => values.indexOf(text)) };
  }

  const PRECISIONS = { 4: "year", 7: "month", 10: "day" };
  const dayOf = (date) => Date.parse(date.length === 4 ? `${date}-01` : date) / 86400000;

  // rows: [{lat, lon, date, group, category}]
  function layerOf(kind, rows, details) {
    const days = Int32Array.from(rows, (row) => dayOf(row.date));
    const columns = new Map([
      ["group", coded(rows.map((row) => row.group))],
      ["category", coded(rows.map((row) => row.category))],
      ["date_precision", coded(rows.map((row) => PRECISIONS[row.date.length]))],
    ]);
    const world = rows.map(({ lat, lon }) => L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lon), 0));
    const table = {
      rows: rows.length,
      columns,
      days: { first: days, last: days },
      x: Float64Array.from(world, (point) => point.x / 256),
      y: Float64Array.from(world, (point) => point.y / 256),
    };
    const mask = new Uint8Array(rows.length).fill(1);
    return { id: `${kind}s`, style: STYLES[kind], table, mask, details: khyber.details(details) };
  }

  function signsOf(map, layer) {
    const scale = 256 * 2 ** map.getZoom();
    const origin = map.getPixelOrigin();
    const cells = new Map();
    layer.mask.forEach((kept, row) => {
      if (!kept) return;
      const [x, y] = [layer.table.x[row] * scale, layer.table.y[row] * scale];
      const key = `${Math.floor(x / CELL)} ${Math.floor(y / CELL)}`;
      if (!cells.has(key)) cells.set(key, { rows: [], x: 0, y: 0 });
      const cell = cells.get(key);
      cell.rows.push(row);
      cell.x += x;
      cell.y += y;
    });
    return [...cells.values()].map(({ rows, x, y }) => ({
      x: x / rows.length - origin.x,
      y: y / rows.length - origin.y,
      half: rows.length > 12 ? 14 : 8,
      layer,
      count: rows.length,
      coarse: false,
      first: Math.min(...rows),
      classes: [],
      rows,
    }));
  }

  class Painter {
    constructor(map, layers) {
      this.map = map;
      this.layers = layers;
      this.lit = [];
      map.on("moveend zoomend", this.paint, this);
      this.paint();
    }

    paint() {
      this.signs = this.layers.flatMap((layer) => signsOf(this.map, layer));
      this.map.fire("ka:drawn", { painter: this });
    }

    light(sign) {
      this.lit.push(sign ? sign.first : null);
    }

    rowsOf(sign) {
      const found = sign.rows.map((row) => ({ layer: sign.layer, row }));
      const day = ({ layer, row }) => layer.table.days.first[row];
      return found.sort((a, b) => day(b) - day(a) || a.row - b.row);
    }
  }

  const listeners = (map) =>
    Object.values(map._events).reduce((sum, each) => sum + each.length, 0);

  // layers: [{kind, rows, details}]
  function start(layers, options) {
    const map = L.map("map", { center: [34, 66], zoom: 6, maxZoom: 12, ...options });
    map.createPane("ka-signs").style.zIndex = 600;
    map.areaOpened = 0;
    L.rectangle([[20, 50], [45, 80]]).addTo(map).on("click", () => (map.areaOpened += 1));
    const before = document.querySelectorAll("*").length;
    const made = layers.map(({ kind, rows, details }) => layerOf(kind, rows, details));
    const painter = new Painter(map, made);
    const heard = listeners(map);
    const acts = khyber.interact(painter);
    Object.assign(window, { map, painter, acts, before, heard });
  }

  // Where a sign is in the window: the one of some layer and first row.
  function placeOf(first, kind) {
    const has = (sign) => sign.first === first && (!kind || sign.layer.id === `${kind}s`);
    const sign = painter.signs.find(has);
    const point = map.layerPointToContainerPoint([sign.x, sign.y]);
    const box = map.getContainer().getBoundingClientRect();
    return { x: point.x + box.left, y: point.y + box.top };
  }

  return { start, placeOf, listeners };
})();
