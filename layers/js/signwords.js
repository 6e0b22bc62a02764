// What a sign stands for, in words: how many, who, when; and where its records lie.
(function (khyber) {
  "use strict";

  const MONTHS = [
    ...["January", "February", "March", "April", "May", "June"],
    ...["July", "August", "September", "October", "November", "December"],
  ];
  const DAY_MS = 86400000;
  const NAMED = 3; // groups that are named; the others are counted
  const LISTED = 100; // records in a list

  function wordOf(table, name, row) {
    const column = table.columns.get(name);
    return column ? column.values[column.raw[row]] : "";
  }

  const dayOf = (day) => new Date(day * DAY_MS);

  function daysWords(date, end) {
    const month = (day) => MONTHS[day.getUTCMonth()];
    const until = `${end.getUTCDate()} ${month(end)} ${end.getUTCFullYear()}`;
    if (date.getUTCFullYear() !== end.getUTCFullYear()) {
      return `${date.getUTCDate()} ${month(date)} ${date.getUTCFullYear()} – ${until}`;
    }
    const same = date.getUTCMonth() === end.getUTCMonth();
    return same ? `${date.getUTCDate()}–${until}` : `${date.getUTCDate()} ${month(date)} – ${until}`;
  }

  // As precise as the source gives it: "3 June 2023", "June 2023", "2023", "3–9 June 2023".
  khyber.dateWords = function (table, row) {
    const date = dayOf(table.days.first[row]);
    const year = String(date.getUTCFullYear());
    const precision = wordOf(table, "date_precision", row);
    if (precision === "year") return year;
    if (precision.endsWith(" days")) return daysWords(date, dayOf(table.days.last[row]));
    const month = `${MONTHS[date.getUTCMonth()]} ${year}`;
    return precision === "month" ? month : `${date.getUTCDate()} ${month}`;
  };

  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  // A record in a list, before its details are read.
  khyber.rowLine = function ({ layer, row }) {
    const kind = capital(layer.style.singular);
    const category = wordOf(layer.table, "category", row);
    return {
      when: khyber.dateWords(layer.table, row),
      what: category ? `${kind}: ${category}` : kind,
      who: wordOf(layer.table, "group", row) || "Unattributed",
    };
  };

  function countOf(layer, count) {
    const { singular, plural } = layer.style;
    return `${khyber.thousands(count)} ${count === 1 ? singular : plural}`;
  }

  function joined(words) {
    if (words.length < 2) return words.join("");
    return `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
  }

  function whoOf(groups) {
    const names = [...groups]
      .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], "en"))
      .map(([name]) => name);
    const left = names.length - NAMED;
    const more = left > 0 ? ` and ${left} more` : "";
    return names.slice(0, NAMED).join(", ") + more;
  }

  const add = (counts, key) => counts.set(key, (counts.get(key) || 0) + 1);

  function tally(rows) {
    const [layers, groups] = [new Map(), new Map()];
    let [first, last] = [Infinity, -Infinity];
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    rows.forEach(({ layer, row }) => {
      const { table } = layer;
      add(layers, layer);
      add(groups, wordOf(table, "group", row) || "Unattributed");
      first = Math.min(first, table.days.first[row]);
      last = Math.max(last, table.days.last[row]);
      west = Math.min(west, table.x[row]);
      east = Math.max(east, table.x[row]);
      north = Math.min(north, table.y[row]);
      south = Math.max(south, table.y[row]);
    });
    return { layers, groups, first, last, box: { west, north, east, south } };
  }

  function yearsOf(first, last) {
    const [from, to] = [first, last].map((day) => dayOf(day).getUTCFullYear());
    return from === to ? String(from) : `${from}–${to}`;
  }

  // {count, what, who, when, box (of the world square), rows: the newest, left: how many more}
  khyber.signSummary = function (painter, sign) {
    const single = sign.count === 1 && !sign.hex;
    const rows = single ? [{ layer: sign.layer, row: sign.first }] : painter.rowsOf(sign);
    const { layers, groups, first, last, box } = tally(rows);
    const only = rows.length === 1 ? rows[0] : null;
    return {
      count: rows.length,
      what: joined([...layers].map(([layer, count]) => countOf(layer, count))),
      who: whoOf(groups),
      when: only ? khyber.dateWords(only.layer.table, only.row) : yearsOf(first, last),
      box,
      rows: rows.slice(0, LISTED),
      left: Math.max(0, rows.length - LISTED),
    };
  };

  // The title of a sign's only record, once its details are here.
  khyber.titleOf = function ({ count, rows }) {
    if (count !== 1) return "";
    const { layer, row } = rows[0];
    const card = layer.details && layer.details.known ? layer.details.known(row) : null;
    return card ? card.title : "";
  };
})(window.khyber);
