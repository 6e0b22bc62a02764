// The sources of a saved page: publishers of the records shown, each with its links.
(function (khyber) {
  "use strict";

  const { el } = khyber;
  const FIRST = 40; // publishers shown before the others are asked for
  const SETTLED_MS = 200;
  const EARLY_PX = 600; // before they come into view

  // By publisher the positions of its sources, of the records that are shown.
  function byPublisher(state, table) {
    const found = new Map();
    table.record.forEach((number, at) => {
      if (!state.isShown(number)) return;
      const publisher = table.publisher[at];
      if (!found.has(publisher)) found.set(publisher, []);
      found.get(publisher).push(at);
    });
    return [...found]
      .map(([publisher, sources]) => ({
        name: table.publishers[publisher],
        sources,
        records: new Set(sources.map((at) => table.record[at])).size,
      }))
      .sort((a, b) => b.records - a.records || (a.name < b.name ? -1 : 1));
  }

  const plural = (count, one) => `${khyber.thousands(count)} ${one}${count === 1 ? "" : "s"}`;

  function linkNode(state, table, at) {
    const record = state.find(table.record[at]);
    const when = khyber.dateWords(record.layer.table, record.row);
    const words = `${khyber.placeWords(record)}, ${when}`;
    return el("li", { dir: "auto" }, [khyber.link(words, table.url[at])]);
  }

  // The links are made when a publisher is opened.
  function publisherNode(state, table, { name, sources, records }) {
    const summary = el("summary", {}, [
      el("span", { text: name, dir: "auto" }),
      el("span", { class: "kp-count", text: plural(records, "record") }),
    ]);
    const node = el("details", {}, [summary]);
    node.addEventListener("toggle", () => {
      if (!node.open || node.children.length > 1) return;
      node.appendChild(el("ul", {}, sources.map((at) => linkNode(state, table, at))));
    });
    return node;
  }

  khyber.PageSources = class {
    constructor(state) {
      this.state = state;
      this.box = document.getElementById("publishers");
      this.all = false;
      this.said = el("p", { class: "kp-said" });
      this.list = el("div", { class: "kp-publishers" });
      this.more = el("button", { type: "button", class: "kp-more" });
      this.more.addEventListener("click", () => {
        this.all = true;
        this.render();
      });
      this.more.hidden = true;
      this.box.append(this.said, this.list, this.more);
      state.follow(() => this.later());
      const seen = new IntersectionObserver(
        (changes) => {
          if (!changes.some((change) => change.isIntersecting)) return;
          seen.disconnect();
          this.read();
        },
        { rootMargin: `${EARLY_PX}px` }
      );
      seen.observe(this.box);
    }

    // Resolves once the list is there, or says why it is not.
    read() {
      this.reading =
        this.reading ||
        khyber.load(this.state.map.khyber, { block: "data-sources" }).then(
          (table) => {
            this.table = table;
            this.render();
          },
          () => {
            this.said.textContent = "The sources cannot be read; reload the page to try again.";
          }
        );
      return this.reading;
    }

    later() {
      if (!this.table) return;
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.render(), SETTLED_MS);
    }

    render() {
      const { state, table } = this;
      const found = byPublisher(state, table);
      const links = found.reduce((all, { sources }) => all + sources.length, 0);
      const told = `${plural(links, "source")} of ${plural(state.shown, "record")}`;
      this.said.textContent = `${told}, from ${plural(found.length, "publisher")}.`;
      const shown = this.all ? found : found.slice(0, FIRST);
      this.list.replaceChildren(...shown.map((each) => publisherNode(state, table, each)));
      this.more.hidden = shown.length === found.length;
      this.more.textContent = `All ${khyber.thousands(found.length)} publishers`;
    }
  };
})(window.khyber);
