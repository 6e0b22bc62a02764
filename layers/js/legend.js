// The legend: follows what is on, folds away, starts folded on a phone.
(function (khyber) {
  "use strict";

  // Sections by heading (or the layer's group), in the order of the layers. A line that
  // two layers have in common appears once, with the signs of both.
  function sections(shown) {
    const found = new Map();
    const section = (title) => {
      if (!found.has(title)) found.set(title, { title: title, notes: [], lines: new Map() });
      return found.get(title);
    };
    shown.forEach(({ title, legend, note }) => {
      legend.forEach((entry) => {
        const lines = section(entry.heading || title).lines;
        if (!lines.has(entry.label)) lines.set(entry.label, { order: entry.order, signs: [] });
        const signs = lines.get(entry.label).signs;
        const known = signs.some((sign) => JSON.stringify(sign) === JSON.stringify(entry.sign));
        if (!known) signs.push(entry.sign);
      });
      const last = legend.length ? legend[legend.length - 1].heading : "";
      if (!note) return;
      const notes = section(last || title).notes;
      if (!notes.includes(note)) notes.push(note);
    });
    return [...found.values()];
  }

  function lineNode(label, signs) {
    const drawn = khyber.el("span", { class: "ka-key" }, signs.map(khyber.signSvg));
    return khyber.el("li", {}, [drawn, khyber.el("span", { text: label })]);
  }

  function sectionNode(section) {
    const lines = [...section.lines]
      .sort((a, b) => a[1].order - b[1].order)
      .map(([label, line]) => lineNode(label, line.signs));
    return khyber.el("section", {}, [
      khyber.el("h3", { text: section.title }),
      lines.length ? khyber.el("ul", {}, lines) : null,
      ...section.notes.map((note) => khyber.el("p", { text: note })),
    ]);
  }

  const said = new WeakMap(); // by the node of a section

  // Bring a body to some sections: what says the same stays, so that nothing flickers.
  function follow(body, wanted) {
    const kept = new Map([...body.children].map((node) => [said.get(node), node]));
    const nodes = wanted.map((section) => {
      const says = JSON.stringify([section.title, section.notes, [...section.lines]]);
      const node = kept.get(says) || sectionNode(section);
      said.set(node, says);
      return node;
    });
    const from = body.scrollTop;
    [...body.children].filter((node) => !nodes.includes(node)).forEach((node) => node.remove());
    nodes.forEach((node, at) => {
      if (body.children[at] !== node) body.insertBefore(node, body.children[at] || null);
    });
    body.scrollTop = from;
  }

  khyber.Legend = L.Control.extend({
    options: { position: "topright" },
    onAdd: function (map) {
      this.body = khyber.el("div", { class: "ka-legend-body", id: "ka-legend-body" });
      this.button = khyber.el("button", {
        type: "button",
        class: "ka-legend-button",
        text: "Legend",
        "aria-controls": "ka-legend-body",
      });
      this.button.addEventListener("click", () => {
        this.fold(this.open);
        map.khyber.labels.plan();
      });
      const parts = [this.button, this.body];
      const node = khyber.el("div", { class: "ka-legend leaflet-control" }, parts);
      khyber.keepClicks(node);
      L.DomEvent.disableScrollPropagation(node);
      this.fold(true);
      return node;
    },
    fold: function (folded) {
      this.open = !folded;
      this.body.hidden = folded;
      this.button.setAttribute("aria-expanded", String(this.open));
    },
    // Pixels that it takes from the right of the map while unfolded.
    width: function () {
      return this.open ? this.getContainer().offsetWidth : 0;
    },
    // shown: [{title, legend, note}], in the order of the layers
    show: function (shown) {
      const key = JSON.stringify(shown);
      if (key === this.key) return;
      this.key = key;
      follow(this.body, sections(shown));
    },
  });
})(window.khyber);
