// Time cut into months, quarters and years, and how many records lie in each.
(function (khyber) {
  "use strict";

  const DAY_MS = 86400000;
  const FEW = 6; // steps that are worth playing
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August"].concat(
    ["September", "October", "November", "December"]
  );
  const LONG = { month: 1, quarter: 3, year: 12, upto: 1 }; // months of a step

  const dayOf = (year, month) => Date.UTC(year, month, 1) / DAY_MS;

  function partsOf(day) {
    const date = new Date(day * DAY_MS);
    return { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate() };
  }

  const dayWords = ({ year, month, day }) => `${day} ${MONTHS[month]} ${year}`;
  const monthWords = ({ year, month }) => `${MONTHS[month]} ${year}`;

  function spanWords(from, to) {
    const [first, last, after] = [from, to, to + 1].map(partsOf);
    const whole = first.day === 1 && after.day === 1;
    if (!whole && from === to) return dayWords(first);
    if (!whole && first.year === last.year) {
      const month = first.month === last.month ? "" : ` ${MONTHS[first.month]}`;
      return `${first.day}${month} to ${dayWords(last)}`;
    }
    if (!whole) return `${dayWords(first)} to ${dayWords(last)}`;
    if (first.year !== last.year) return `${monthWords(first)} to ${monthWords(last)}`;
    if (first.month === last.month) return monthWords(first);
    if (first.month === 0 && last.month === 11) return String(first.year);
    return `${MONTHS[first.month]} to ${monthWords(last)}`;
  }

  function endWords(to) {
    const [last, after] = [to, to + 1].map(partsOf);
    return `Up to ${after.day === 1 ? `the end of ${monthWords(last)}` : dayWords(last)}`;
  }

  // The steps that hold a span of days, {from, to, words} each, own: the first of the days
  // that the step before has not; unit: "month", "quarter", "year", or "upto": all from the
  // first day to the end of a month. Steps are whole but for limits: {from, to} of a filter.
  khyber.playSteps = function (unit, span, limits = {}) {
    const long = LONG[unit];
    const { year, month } = partsOf(span.from);
    const { from: least = -Infinity, to: most = Infinity } = limits;
    const steps = [];
    for (let at = Math.floor(month / long) * long; dayOf(year, at) <= span.to; at += long) {
      const to = Math.min(dayOf(year, at + long) - 1, most);
      const own = Math.max(dayOf(year, at), least);
      const from = unit === "upto" && steps.length ? steps[0].from : own;
      steps.push({ from, to, own, words: unit === "upto" ? endWords(to) : spanWords(from, to) });
    }
    return steps;
  };

  // The longest unit that gives a fair number of steps.
  khyber.usualUnit = (span) =>
    ["year", "quarter"].find((unit) => khyber.playSteps(unit, span).length >= FEW) || "month";

  // The days that the filters of layers allow: the widest of them.
  khyber.limitsOf = function (layers) {
    const all = (name, most, otherwise) =>
      most(...layers.map(({ filter }) => (filter[name] === undefined ? otherwise : filter[name])));
    return { from: all("from", Math.min, -Infinity), to: all("to", Math.max, Infinity) };
  };

  // First and last day that the records kept by the filter may be of; null: there are none.
  khyber.spanOf = function (layers) {
    let [from, to] = [Infinity, -Infinity];
    layers.forEach(({ kept, table }) => {
      const { first, last } = table.days;
      for (let row = 0; row < kept.length; row += 1) {
        if (kept[row] === 0) continue;
        if (first[row] < from) from = first[row];
        if (last[row] > to) to = last[row];
      }
    });
    return from <= to ? { from, to } : null;
  };

  // For each day of a span the step it is in.
  function stepByDay(steps, span) {
    const found = new Uint16Array(span.to - span.from + 1);
    steps.forEach(({ own, to }, at) =>
      found.fill(at, Math.max(0, own - span.from), to - span.from + 1)
    );
    return found;
  }

  // Records by the step in which they lie with their whole date.
  khyber.countSteps = function (layers, steps, span) {
    const counts = new Uint32Array(steps.length);
    const byDay = stepByDay(steps, span);
    layers.forEach(({ kept, table }) => {
      const { first, last } = table.days;
      for (let row = 0; row < kept.length; row += 1) {
        if (kept[row] === 0) continue;
        const step = byDay[first[row] - span.from];
        if (step === byDay[last[row] - span.from]) counts[step] += 1;
      }
    });
    return counts;
  };

  // How many records lie in some days, and how many may, but are dated too coarsely.
  khyber.countDays = function (layers, { from, to }) {
    let [inside, unsure, all] = [0, 0, 0];
    layers.forEach(({ kept, table }) => {
      const { first, last } = table.days;
      for (let row = 0; row < kept.length; row += 1) {
        if (kept[row] === 0) continue;
        all += 1;
        if (last[row] < from || first[row] > to) continue;
        if (first[row] >= from && last[row] <= to) inside += 1;
        else unsure += 1;
      }
    });
    return { inside, unsure, all };
  };
})(window.khyber);
