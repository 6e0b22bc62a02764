// Filtering in the page: the same records as the server's geo/select.py keeps for sure.
(function (khyber) {
  "use strict";

  function codesOf(column, wanted) {
    const known = new Set(wanted);
    return Uint8Array.from(column.values, (value) =>
      (Array.isArray(value) ? value.some((each) => known.has(each)) : known.has(value)) ? 1 : 0
    );
  }

  function keepCodes(mask, column, allowed) {
    const { raw } = column;
    if (allowed.every(Boolean)) return;
    for (let row = 0; row < mask.length; row += 1) mask[row] &= allowed[raw[row]];
  }

  function keepProvinces(mask, table, names) {
    const then = table.columns.get("adm1_reported");
    const today = table.columns.get("adm1_today");
    const inThen = codesOf(then, names);
    const inToday = codesOf(today, names);
    for (let row = 0; row < mask.length; row += 1) {
      mask[row] &= inThen[then.raw[row]] | inToday[today.raw[row]];
    }
  }

  // All the days that a date may mean must lie in the period.
  function keepDates(mask, table, from, to) {
    const { first, last } = table.days;
    const start = from === undefined ? -Infinity : from;
    const end = to === undefined ? Infinity : to;
    for (let row = 0; row < mask.length; row += 1) {
      if (first[row] < start || last[row] > end) mask[row] = 0;
    }
  }

  // A distance holds where the location's radius is no longer than it; never for a
  // record known only to its province.
  function keepPrecise(mask, table, km) {
    const { rank, radiusKm } = table;
    for (let row = 0; row < mask.length; row += 1) {
      // Without a distance, nothing is asked of the radius, not even that it is known.
      mask[row] &= rank[row] < 3 && (km === Infinity || radiusKm[row] <= km) ? 1 : 0;
    }
  }

  function keepBorders(mask, table, borders) {
    const border = table.columns.get("border");
    keepCodes(mask, border, codesOf(border, borders));
    keepPrecise(mask, table, Infinity);
  }

  function keepNear(mask, table, place) {
    keepPrecise(mask, table, place.km);
    const { lat, lon } = table;
    for (let row = 0; row < mask.length; row += 1) {
      if (!mask[row]) continue;
      const near = khyber.isWithinKm(lat[row], lon[row], place.lat, place.lon, place.km);
      mask[row] = near ? 1 : 0;
    }
  }

  function keepRows(mask, text) {
    const bits = khyber.bytesOf(text);
    for (let row = 0; row < mask.length; row += 1) mask[row] &= (bits[row >> 3] >> (row & 7)) & 1;
  }

  // filter: as layers/pagefilter.py writes it; a condition that is not there keeps all.
  // Returns 1 for each row that matches and 0 for the others.
  khyber.matching = function (table, filter, reused) {
    const mask = reused || new Uint8Array(table.rows);
    mask.fill(1);
    Object.entries(filter.equal || {}).forEach(([name, wanted]) => {
      const column = table.columns.get(name);
      keepCodes(mask, column, codesOf(column, wanted));
    });
    if (filter.items) {
      const items = table.columns.get("items");
      keepCodes(mask, items, codesOf(items, filter.items));
    }
    if (filter.provinces) keepProvinces(mask, table, filter.provinces);
    if (filter.from !== undefined || filter.to !== undefined) {
      keepDates(mask, table, filter.from, filter.to);
    }
    if (filter.borders) keepBorders(mask, table, filter.borders);
    if (filter.near) keepNear(mask, table, filter.near);
    if (filter.rows) keepRows(mask, filter.rows);
    return mask;
  };
})(window.khyber);
