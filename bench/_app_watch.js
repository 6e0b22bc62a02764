// From a key press to the frame that shows what it asked for; put into the page and its frames
// before all scripts of their own. Times are read in the top page alone: one clock for both ends.
(function () {
  "use strict";

  if (window !== window.top) return;
  let pressed = null;
  let wanted = null;
  let tell = null;

  window.addEventListener(
    "keydown",
    () => {
      if (tell && pressed === null) pressed = performance.now();
    },
    true
  );

  // Runs once the frame after next work is done: styles, layout and painting included.
  function afterFrame(done) {
    window.requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = done;
      channel.port2.postMessage(null);
    });
  }

  // What is shown now, as a page tells it: a year, or how many records.
  function shown(mark) {
    if (pressed === null || mark !== wanted || !tell) return;
    const done = tell;
    const from = pressed;
    tell = null;
    afterFrame(() => done(performance.now() - from));
  }

  const yearOf = (day) => new Date(day * 86400000).getUTCFullYear();

  // Each returns whether the first picture is there, and from then on tells of later ones.
  const ways = {
    records: function (frame) {
      const { map } = frame;
      const layers = () => [...map.kaRecords.values()];
      if (!map || !map.kaRecords || !map.kaPainter || !map.kaPainter.signs.length) return false;
      if (!layers().every((layer) => layer.mask)) return false;
      map.on("ka:drawn", () => {
        const years = new Set(layers().map((layer) => yearOf(layer.filter.from)));
        if (years.size === 1) shown([...years][0]);
      });
      return true;
    },
    geojson: function (frame) {
      const { map } = frame;
      if (!map || !frame.feature_group || !frame.feature_group.length) return false;
      // A group is told of after all that it holds.
      map.on("layeradd", ({ layer }) => shown(layer.options.year));
      return true;
    },
    deck: () => drawn.size > 0,
  };

  // deck.gl tells nobody what it has drawn: the records of its last call do.
  const drawn = new Set();
  const { drawArraysInstanced, drawElementsInstanced } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.drawArraysInstanced = function (...call) {
    drawArraysInstanced.apply(this, call);
    drawn.add(call[3]);
    shown(call[3]);
  };
  WebGL2RenderingContext.prototype.drawElementsInstanced = function (...call) {
    drawElementsInstanced.apply(this, call);
    drawn.add(call[4]);
    shown(call[4]);
  };

  window.bench = {
    painted: null,

    follow: function (way) {
      if (way === "deck") return ways.deck();
      const frames = [...document.querySelectorAll("iframe")].map((each) => each.contentWindow);
      return frames.some((frame) => frame.map && ways[way](frame));
    },

    // Wait for what the next key press asks for: milliseconds from the one to the other.
    await: function (mark) {
      wanted = mark;
      pressed = null;
      window.bench.painted = new Promise((resolve) => (tell = resolve));
    },
  };
})();
