// The order of a saved page's records by any column of its table; what is missing comes last.
(function (khyber) {
  "use strict";

  const collator = new Intl.Collator("en", { sensitivity: "base", numeric: true });

  // A whole number for each record that orders as some texts do; -1: no text.
  function ranksOf(state, textsOf) {
    const texts = state.kinds.map((kind) => textsOf(kind));
    const known = [...new Set(texts.flatMap(({ values }) => values))].filter(Boolean);
    known.sort(collator.compare);
    const rank = new Map(known.map((text, at) => [text, at]));
    const ranks = new Int32Array(state.rows);
    state.kinds.forEach(({ from }, at) => {
      const { values, raw } = texts[at];
      const codes = values.map((text) => (rank.has(text) ? rank.get(text) : -1));
      for (let row = 0; row < raw.length; row += 1) ranks[from + row] = codes[raw[row]];
    });
    return ranks;
  }

  const byText = (name) => (state) =>
    ranksOf(state, ({ layer }) => layer.table.columns.get(name));

  // Kinds one after the other, each by category.
  function byRecord(state) {
    return ranksOf(state, ({ layer, entry }) => {
      const { values, raw } = layer.table.columns.get("category");
      return { values: values.map((text) => `${entry.kind} ${text}`), raw };
    });
  }

  function byNumber(valuesOf) {
    return function (state) {
      const ranks = new Int32Array(state.rows);
      state.kinds.forEach(({ layer, from }) => {
        const values = valuesOf(state, layer);
        for (let row = 0; row < values.length; row += 1) {
          ranks[from + row] = values[row] === values[row] ? Math.round(values[row]) : -1;
        }
      });
      return ranks;
    };
  }

  const RANKS = {
    date: byNumber((_, layer) => layer.table.days.first),
    record: byRecord,
    place: byText("place"),
    province: byText("province"),
    group: byText("group"),
    killed: byNumber((state, layer) => state.numbers(layer, "killed")),
    injured: byNumber((state, layer) => state.numbers(layer, "injured")),
  };

  // Numbers of all records, ordered: counted by rank, so that many take no longer than a look.
  khyber.ordered = function (state, name, down) {
    const ranks = RANKS[name](state);
    let [low, most] = [0, 0];
    ranks.forEach((rank) => {
      if (rank < low) low = rank;
      if (rank > most) most = rank;
    });
    const starts = new Uint32Array(most - low + 3);
    const span = most - low + 1;
    const slot = (rank) => {
      if (rank === -1) return span;
      return down ? most - rank : rank - low;
    };
    ranks.forEach((rank) => (starts[slot(rank) + 1] += 1));
    for (let at = 1; at < starts.length; at += 1) starts[at] += starts[at - 1];
    const order = new Uint32Array(ranks.length);
    for (let row = 0; row < ranks.length; row += 1) order[starts[slot(ranks[row])]++] = row;
    return order;
  };
})(window.khyber);
