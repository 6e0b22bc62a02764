// Finding records by words: in what the table and their popups say of what, who and where,
// and whose word it is.
(function (khyber) {
  "use strict";

  const MOST_READ = 50000; // records; of more, only what the table shows is looked through
  const COLUMNS = ["kind", "category", "group", "place", "province", "items"];
  // What is said of distances and dates would answer for too much.
  const LABELS = [
    ...["", "Place", "Province then", "Group", "Seized by", "State actor"],
    ...["Seized", "Conveyance", "Source"],
  ];

  const plain = (text) => text.toLocaleLowerCase("en");

  // A row without a label goes on with what the one before it says.
  function textOf(card) {
    let label = "";
    const rows = card.rows.filter((row) => {
      label = row.label || label;
      return LABELS.includes(label);
    });
    return plain([card.title, ...rows.map((row) => row.text)].join("\n"));
  }

  async function detailsOf({ layer }) {
    const texts = [];
    for (let row = 0; row < layer.table.rows; row += 1) {
      const card = layer.details.known(row) || (await layer.details.card(row));
      texts.push(card.unread ? "" : textOf(card));
    }
    return texts;
  }

  // Of each column the values are few: a word is looked for in each of them once.
  function markColumns(found, table, word) {
    COLUMNS.forEach((name) => {
      const { values, raw } = table.columns.get(name);
      const has = Uint8Array.from(values, (value) =>
        plain([].concat(value).join("\n")).includes(word) ? 1 : 0
      );
      if (!has.includes(1)) return;
      for (let row = 0; row < raw.length; row += 1) found[row] |= has[raw[row]];
    });
  }

  function rowsWith({ layer }, texts, word) {
    const found = new Uint8Array(layer.table.rows);
    markColumns(found, layer.table, word);
    texts.forEach((text, row) => {
      if (!found[row] && text.includes(word)) found[row] = 1;
    });
    return found;
  }

  function base64(bytes) {
    const parts = [];
    for (let at = 0; at < bytes.length; at += 0x8000) {
      parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
    }
    return btoa(parts.join(""));
  }

  // One bit a row, lowest first, as layers/pagefilter.py writes them.
  function bitsOf(kind, texts, words) {
    const found = words.map((word) => rowsWith(kind, texts, word));
    const { rows } = kind.layer.table;
    const bits = new Uint8Array(Math.ceil(rows / 8));
    for (let row = 0; row < rows; row += 1) {
      if (found.every((each) => each[row])) bits[row >> 3] |= 1 << (row & 7);
    }
    return base64(bits);
  }

  // Gives a function of a text: what PageState asks by `words`, or null for no word. The
  // details are read when it is first asked.
  khyber.wordSearch = function (state) {
    let reading = null;
    const few = state.rows <= MOST_READ;
    const read = () => {
      reading = reading || Promise.all(state.kinds.map(few ? detailsOf : () => []));
      return reading;
    };
    return async function (text) {
      const words = plain(text).split(/\s+/).filter(Boolean);
      if (!words.length) return null;
      const texts = await read();
      const bits = state.kinds.map((kind, at) => [kind.entry.id, bitsOf(kind, texts[at], words)]);
      return { text: text.trim(), bits: Object.fromEntries(bits) };
    };
  };
})(window.khyber);
