// Measuring inside a page; put in before all of the page's own scripts.
(function () {
  "use strict";

  const request = window.requestAnimationFrame.bind(window);
  const cancel = window.cancelAnimationFrame.bind(window);
  let held = null;
  let last = 0;

  // While a change is measured, what it asks to be done with the next frame is kept, to be
  // done at once: drawing put off until then counts as work, waiting for it does not.
  window.requestAnimationFrame = function (callback) {
    if (!held) return request(callback);
    last -= 1;
    held.set(last, callback);
    return last;
  };
  window.cancelAnimationFrame = function (id) {
    if (id >= 0) cancel(id);
    else if (held) held.delete(id);
  };

  // Milliseconds of script that a change takes until its frame can be handed over.
  function work(change) {
    held = new Map();
    const begun = performance.now();
    change();
    const until = last;
    for (const [id, callback] of held) {
      if (id >= until) callback(performance.now());
    }
    const taken = performance.now() - begun;
    const later = [...held].filter(([id]) => id < until);
    held = null;
    later.forEach(([, callback]) => request(callback));
    return taken;
  }

  // Runs once the frame after next work is done: styles, layout and painting included.
  function afterFrame(done) {
    request(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = done;
      channel.port2.postMessage(null);
    });
  }

  // Milliseconds from a change until the frame that shows it is painted.
  function frame(change) {
    return new Promise((resolve) => {
      const begun = performance.now();
      change();
      afterFrame(() => resolve(performance.now() - begun));
    });
  }

  const pause = () => new Promise((resolve) => window.setTimeout(resolve, 40));

  window.addEventListener("error", (event) => (window.bench.failed = event.message));

  window.bench = {
    painted: null,
    failed: "",

    // Note when the page shows what `isThere` asks for, in milliseconds from its opening.
    watch: function (isThere) {
      const look = () => {
        if (!isThere()) request(look);
        // What is there may be drawn only with the next frame.
        else request(() => afterFrame(() => (window.bench.painted = performance.now())));
      };
      request(look);
    },

    // Make each change once; milliseconds of each, by `work` or `frame`.
    each: async function (changes, how) {
      const measure = how === "work" ? work : frame;
      const taken = [];
      for (const change of changes) {
        await pause();
        taken.push(await measure(change));
      }
      return taken;
    },
  };
})();
