// The years of a saved page: how many records lie in each, and a slider with two ends.
(function (khyber) {
  "use strict";

  const { el, svg } = khyber;
  const HIGH = 44; // of the bars, in their own units: one year is one wide
  const LEAST = 1.5; // so that a year of few records is not taken for one of none
  const DAY_MS = 86400000;

  const yearOf = (day) => new Date(day * DAY_MS).getUTCFullYear();

  // Days are many, distinct ones few: each is turned into its year once.
  function yearsOf(layer, known) {
    const { first } = layer.table.days;
    return Uint16Array.from(first, (day) => {
      if (!known.has(day)) known.set(day, yearOf(day));
      return known.get(day);
    });
  }

  function counter(state, from, to) {
    const known = new Map();
    const years = state.kinds.map(({ layer }) => yearsOf(layer, known));
    return function () {
      const counts = new Uint32Array(to - from + 1);
      state.masks("years").forEach((mask, at) => {
        for (let row = 0; row < mask.length; row += 1) counts[years[at][row] - from] += mask[row];
      });
      return counts;
    };
  }

  function bars(from, to) {
    const nodes = Array.from({ length: to - from + 1 }, (_, at) =>
      svg("rect", { x: at + 0.08, width: 0.84 }, [svg("title", {})])
    );
    const view = `0 0 ${nodes.length} ${HIGH}`;
    const look = { class: "kp-bars", viewBox: view, preserveAspectRatio: "none", "aria-hidden": "true" };
    const node = svg("svg", look, nodes);
    function follow(counts, ask) {
      const most = Math.max(1, ...counts);
      nodes.forEach((bar, at) => {
        const high = counts[at] ? Math.max(LEAST, (counts[at] / most) * HIGH) : 0;
        bar.setAttribute("y", HIGH - high);
        bar.setAttribute("height", high);
        const year = from + at;
        bar.classList.toggle("kp-out", year < ask.from || year > ask.to);
        bar.firstChild.textContent = `${year}: ${khyber.thousands(counts[at])}`;
      });
    }
    return { node, follow };
  }

  function end(label, value, from, to) {
    return el("input", { type: "range", min: from, max: to, step: 1, value, "aria-label": label });
  }

  // null where all records are of one year.
  khyber.yearControl = function (state) {
    const [from, to] = state.view.years;
    if (from === undefined || from === to) return null;
    const count = counter(state, from, to);
    const drawn = bars(from, to);
    const low = end("First year", from, from, to);
    const high = end("Last year", to, from, to);
    const said = el("output", { class: "kp-years" });
    const track = el("div", { class: "kp-track" }, [low, high]);

    // The ends may meet, not pass.
    low.addEventListener("input", () => {
      low.value = Math.min(Number(low.value), state.ask.to);
      state.change({ from: Number(low.value) });
    });
    high.addEventListener("input", () => {
      high.value = Math.max(Number(high.value), state.ask.from);
      state.change({ to: Number(high.value) });
    });

    function follow() {
      const { ask } = state;
      low.value = ask.from;
      high.value = ask.to;
      // Where both are at the end, the lower one must be the one to be taken hold of.
      low.classList.toggle("kp-over", ask.from > (from + to) / 2);
      const share = (year) => String((year - from) / (to - from));
      track.style.setProperty("--from", share(ask.from));
      track.style.setProperty("--to", share(ask.to));
      said.textContent = ask.from === ask.to ? String(ask.from) : `${ask.from}–${ask.to}`;
      drawn.follow(count(), ask);
    }
    follow();
    state.follow(follow);
    return el("fieldset", {}, [el("legend", { text: "When" }), said, drawn.node, track]);
  };
})(window.khyber);
