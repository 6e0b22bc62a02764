// Where records stand: on the map at any zoom, and which are near a part of it.
(function (khyber) {
  "use strict";

  const RANKS = { site: 0, town: 1, district: 2, province: 3 };
  const PROVINCE = 3;
  const MOST_NORTH = 85.0511287798;
  const A_BUCKET = 32;
  const MOST_BUCKETS = 256;

  const mercatorX = (lon) => (lon + 180) / 360;
  function mercatorY(lat) {
    const held = Math.max(-MOST_NORTH, Math.min(MOST_NORTH, lat));
    return 0.5 - Math.log(Math.tan(Math.PI / 4 + (held * Math.PI) / 360)) / (2 * Math.PI);
  }

  khyber.latlngOf = function (x, y) {
    const lat = (360 / Math.PI) * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - 90;
    return L.latLng(lat, x * 360 - 180);
  };

  // A record known only to its province stands at that province's own point; nowhere
  // where the province is not known.
  function placeInProvince(table, areas, x, y, row) {
    const { raw, values } = table.columns.get("unit");
    const area = areas && areas[values[raw[row]]];
    x[row] = area ? mercatorX(area.at[1]) : NaN;
    y[row] = area ? mercatorY(area.at[0]) : NaN;
  }

  // Adds to a table what drawing and filtering ask of every record: x and y in the world
  // square of the Mercator projection (0 to 1; NaN: nowhere), rank of precision, radius.
  khyber.placeRecords = function (table, areas) {
    const { rows, columns } = table;
    table.lat = khyber.numbersOf(columns.get("lat"));
    table.lon = khyber.numbersOf(columns.get("lon"));
    table.radiusKm = khyber.numbersOf(columns.get("radius_km"));
    table.days = khyber.daysOf(table);
    const precision = columns.get("precision");
    const rankOf = precision.values.map((word) => RANKS[word] || 0);
    table.rank = Uint8Array.from(precision.raw, (code) => rankOf[code]);
    const x = new Float64Array(rows);
    const y = new Float64Array(rows);
    for (let row = 0; row < rows; row += 1) {
      if (table.rank[row] === PROVINCE) placeInProvince(table, areas, x, y, row);
      else {
        x[row] = mercatorX(table.lon[row]);
        y[row] = mercatorY(table.lat[row]);
      }
    }
    table.x = x;
    table.y = y;
    return table;
  };

  function extent(x, y) {
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let row = 0; row < x.length; row += 1) {
      if (x[row] < west) west = x[row];
      if (x[row] > east) east = x[row];
      if (y[row] < north) north = y[row];
      if (y[row] > south) south = y[row];
    }
    return { west, north, east, south };
  }

  // Rows in buckets of a grid over their extent, in the order of the buckets.
  khyber.Buckets = class {
    constructor(x, y) {
      const box = extent(x, y);
      const side = Math.ceil(Math.sqrt(x.length / A_BUCKET));
      this.side = Math.max(1, Math.min(MOST_BUCKETS, side));
      this.box = box;
      this.perX = this.side / Math.max(box.east - box.west, 1e-12);
      this.perY = this.side / Math.max(box.south - box.north, 1e-12);
      this.fill(x, y);
    }

    column(x) {
      return Math.max(0, Math.min(this.side - 1, ((x - this.box.west) * this.perX) | 0));
    }

    line(y) {
      return Math.max(0, Math.min(this.side - 1, ((y - this.box.north) * this.perY) | 0));
    }

    fill(x, y) {
      const starts = new Uint32Array(this.side * this.side + 1);
      const bucketOf = new Uint32Array(x.length);
      let placed = 0;
      for (let row = 0; row < x.length; row += 1) {
        if (!(x[row] === x[row] && y[row] === y[row])) continue;
        const bucket = this.line(y[row]) * this.side + this.column(x[row]);
        bucketOf[row] = bucket + 1;
        starts[bucket + 1] += 1;
        placed += 1;
      }
      for (let at = 1; at < starts.length; at += 1) starts[at] += starts[at - 1];
      this.rows = new Uint32Array(placed);
      const next = starts.slice();
      for (let row = 0; row < x.length; row += 1) {
        if (bucketOf[row]) this.rows[next[bucketOf[row] - 1]++] = row;
      }
      this.starts = starts;
    }

    // Rows that may lie within a box of the world square: all that do, and some about it.
    within(west, north, east, south) {
      const { box, side, starts } = this;
      if (east < box.west || west > box.east || south < box.north || north > box.south) {
        return this.rows.subarray(0, 0);
      }
      const [first, last] = [this.column(west), this.column(east)];
      const [top, bottom] = [this.line(north), this.line(south)];
      if (first === 0 && last === side - 1) {
        return this.rows.subarray(starts[top * side], starts[(bottom + 1) * side]);
      }
      const parts = [];
      for (let line = top; line <= bottom; line += 1) {
        parts.push([starts[line * side + first], starts[line * side + last + 1]]);
      }
      const found = new Uint32Array(parts.reduce((sum, [from, to]) => sum + to - from, 0));
      let at = 0;
      parts.forEach(([from, to]) => {
        found.set(this.rows.subarray(from, to), at);
        at += to - from;
      });
      return found;
    }
  };
})(window.khyber);
