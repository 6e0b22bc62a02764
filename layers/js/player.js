// Playing through time at the map's foot: the layers show a window of days that moves on.
// It narrows what the filter keeps, here in the page; closed, all of it is shown again.
(function (khyber) {
  "use strict";

  const { el, svg } = khyber;
  const HIGH = 26; // of the bars, in their own units
  const UNITS = Object.entries({
    month: "A month",
    quarter: "A quarter",
    year: "A year",
    upto: "Everything up to then",
  });
  const SPEEDS = [1, 2, 4, 8, 16].map((many) => [many, `${many} step${many === 1 ? "" : "s"} a second`]);
  const USUAL_SPEED = { month: 8, quarter: 4, year: 2, upto: 8 }; // until one is chosen
  const ICONS = {
    play: "M5 3l10 6-10 6z",
    pause: "M5 3h3v12H5zM10 3h3v12h-3z",
    back: "M12 4 6 9l6 5z",
    on: "M6 4l6 5-6 5z",
    close: "M5 3.6 9 7.6l4-4L14.4 5l-4 4 4 4-1.4 1.4-4-4-4 4L3.6 13l4-4-4-4z",
  };

  const records = (count) => `${khyber.thousands(count)} record${count === 1 ? "" : "s"}`;

  function button(look, words, act) {
    const path = svg("path", { d: ICONS[look] });
    const icon = svg("svg", { viewBox: "0 0 18 18", "aria-hidden": "true" }, [path]);
    const node = el("button", { type: "button", class: `ka-play-${look}` }, [icon]);
    node.addEventListener("click", act);
    node.look = (name, text) => {
      path.setAttribute("d", ICONS[name]);
      node.title = text;
      node.setAttribute("aria-label", text);
    };
    node.look(look, words);
    return node;
  }

  function choice(label, ways, value, choose) {
    const options = ways.map(([each, text]) => el("option", { value: each, text }));
    const node = el("select", { "aria-label": label }, options);
    node.value = value;
    node.addEventListener("change", () => choose(node.value));
    return node;
  }

  function makeBars() {
    const node = svg("svg", { class: "ka-play-bars", preserveAspectRatio: "none", "aria-hidden": "true" });
    function show(counts) {
      const most = Math.max(1, ...counts);
      node.setAttribute("viewBox", `0 0 ${counts.length} ${HIGH}`);
      node.replaceChildren(
        ...[...counts].map((count, at) => {
          const high = count ? Math.max(1.5, (count / most) * HIGH) : 0;
          return svg("rect", { x: at + 0.06, width: 0.88, y: HIGH - high, height: high });
        })
      );
    }
    const mark = (from, to) =>
      [...node.children].forEach((bar, at) =>
        bar.classList.toggle("ka-play-in", at >= from && at <= to)
      );
    return { node, show, mark };
  }

  // The button that opens the bar.
  const Opener = L.Control.extend({
    options: { position: "bottomleft" },
    onAdd: function () {
      const icon = svg("svg", { viewBox: "0 0 18 18", "aria-hidden": "true" }, [svg("path", { d: ICONS.play })]);
      const words = el("span", { text: "Play through time" });
      const look = { type: "button", class: "ka-play-open", "aria-expanded": "false" };
      const node = el("button", look, [icon, words]);
      node.addEventListener("click", this.options.open);
      khyber.keepClicks(node);
      return node;
    },
  });

  class Player {
    constructor(map) {
      this.map = map;
      this.still = window.matchMedia("(prefers-reduced-motion: reduce)");
      this.speed = null;
      this.opener = new Opener({ open: () => this.open() }).addTo(map);
      this.bar = null;
      this.unit = null;
      this.at = 0;
    }

    get layers() {
      const painter = this.map.kaPainter;
      return painter ? painter.layers.filter((layer) => layer.kept) : [];
    }

    open() {
      this.make();
      this.opener.getContainer().hidden = true;
      this.plan();
      if (!this.still.matches) this.play();
      (this.still.matches ? this.slider : this.button).focus({ preventScroll: true });
    }

    close() {
      if (!this.bar) return;
      this.pause();
      this.ending.abort();
      this.sized.disconnect();
      this.bar.remove();
      this.bar = null;
      this.map.getContainer().style.removeProperty("--ka-foot");
      this.show(null);
      const node = this.opener.getContainer();
      node.hidden = false;
      node.focus({ preventScroll: true });
    }

    make() {
      const step = (by) => () => {
        this.pause();
        this.go(this.at + by);
      };
      this.button = button("play", "Play", () => (this.playing ? this.pause() : this.play()));
      this.button.hidden = this.still.matches;
      this.words = el("output", { class: "ka-play-words" });
      this.bars = makeBars();
      this.slider = el("input", { type: "range", min: 0, step: 1, "aria-label": "Time" });
      this.speeds = choice("Speed", SPEEDS, 2, (speed) => (this.speed = Number(speed)));
      this.speeds.hidden = this.still.matches;
      this.units = choice("What is shown at once", UNITS, "year", (unit) => {
        this.unit = unit;
        this.plan();
      });
      this.bar = el("section", { class: "ka-player leaflet-control", "aria-label": "Play through time" }, [
        el("div", { class: "ka-play-keys" }, [
          button("back", "One step back", step(-1)),
          this.button,
          button("on", "One step on", step(1)),
        ]),
        this.words,
        el("div", { class: "ka-play-ways" }, [
          this.units,
          this.speeds,
          button("close", "Close and show all", () => this.close()),
        ]),
        el("div", { class: "ka-play-track" }, [this.bars.node, this.slider]),
      ]);
      this.listen();
      this.map.getContainer().appendChild(this.bar);
    }

    listen() {
      const { signal } = (this.ending = new AbortController());
      khyber.keepClicks(this.bar);
      L.DomEvent.disableScrollPropagation(this.bar);
      this.slider.addEventListener("input", () => {
        this.pause();
        this.go(Number(this.slider.value));
      });
      this.bar.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        this.close();
      });
      window.addEventListener("beforeprint", () => this.close(), { signal });
      document.addEventListener("visibilitychange", () => document.hidden && this.pause(), { signal });
      // What else stands at the foot of the map makes room.
      this.sized = new ResizeObserver(() =>
        this.map.getContainer().style.setProperty("--ka-foot", `${this.bar.offsetHeight}px`)
      );
      this.sized.observe(this.bar);
    }

    // Cut what the filter keeps into steps; the present time stays, if it is still there.
    plan() {
      const { layers } = this;
      const before = this.steps && this.steps[this.at];
      this.span = khyber.spanOf(layers);
      this.unit = this.unit || (this.span ? khyber.usualUnit(this.span) : "year");
      this.units.value = this.unit;
      this.speeds.value = this.speed || USUAL_SPEED[this.unit];
      this.steps = this.span ? khyber.playSteps(this.unit, this.span, khyber.limitsOf(layers)) : [];
      const counts = this.span ? khyber.countSteps(layers, this.steps, this.span) : [];
      this.bars.show(counts);
      this.slider.max = Math.max(0, this.steps.length - 1);
      this.bar.style.setProperty("--ka-steps", Math.max(1, this.steps.length));
      const same = before ? this.steps.findIndex(({ to }) => to >= before.to) : 0;
      this.go(same < 0 ? this.steps.length - 1 : same);
    }

    go(at) {
      this.at = Math.max(0, Math.min(this.steps.length - 1, at));
      const step = this.steps[this.at];
      this.slider.value = this.at;
      this.slider.disabled = !step;
      if (!step) {
        this.pause();
        this.words.textContent = "No records on the map.";
        return;
      }
      this.say(step);
      this.bars.mark(this.unit === "upto" ? 0 : this.at, this.at);
      this.show({ from: step.from, to: step.to });
    }

    say(step) {
      const { inside, unsure, all } = khyber.countDays(this.layers, step);
      const coarse = unsure ? ` ${khyber.thousands(unsure)} more dated too coarsely to tell.` : "";
      this.slider.setAttribute("aria-valuetext", `${step.words}: ${records(inside)}`);
      this.words.replaceChildren(
        el("strong", { text: step.words }),
        el("span", { text: `${khyber.thousands(inside)} of ${records(all)}.${coarse}` })
      );
    }

    // days: {from, to}; null: all of them.
    show(days) {
      this.map.khyber.records.forEach((layer) => layer.setWindow(days));
      this.map.fire("ka:window", { days });
    }

    play() {
      if (this.at >= this.steps.length - 1) this.go(0);
      this.playing = true;
      this.words.setAttribute("aria-live", "off");
      this.button.look("pause", "Pause");
      this.next();
    }

    pause() {
      window.clearTimeout(this.playing);
      this.playing = null;
      if (!this.button) return;
      this.words.setAttribute("aria-live", "polite");
      this.button.look("play", "Play");
      if (this.map.kaPainter) this.map.kaPainter.plan(); // the legend follows now
    }

    next() {
      this.playing = window.setTimeout(() => {
        const painter = this.map.kaPainter;
        // A step that is not painted yet is waited for.
        if (!(painter && painter.waiting)) this.go(this.at + 1);
        if (!this.playing) return;
        if (this.at >= this.steps.length - 1) this.pause();
        else this.next();
      }, 1000 / Number(this.speeds.value));
    }
  }

  // After a view: the player of the map, which follows its filter.
  khyber.showPlayer = function (map) {
    const state = map.khyber;
    const shown = Boolean(map.kaPainter);
    if (!state.player && !shown) return;
    state.player = state.player || new Player(map);
    const { player } = state;
    if (player.bar) player.plan();
    player.opener.getContainer().hidden = Boolean(player.bar) || !shown;
  };
})(window.khyber);
