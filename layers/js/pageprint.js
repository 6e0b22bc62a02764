// A saved page on paper: the map as wide as the sheet, its legend beside it, every record
// with its sources below.
(function (khyber) {
  "use strict";

  const { el } = khyber;
  const ROOMY = 28; // lines of the legend that fit beside the map at their full size
  const RATIO = 3; // of the canvas: sharp on paper
  const MOST = 2500; // records printed

  function printedTable(state) {
    const columns = khyber.TABLE_COLUMNS;
    const order = khyber.ordered(state, "date", true);
    const numbers = [...order.filter((number) => state.isShown(number)).subarray(0, MOST)];
    const left = state.shown - numbers.length;
    const heads = columns.map(({ title, number }) =>
      el("th", { text: title, class: number ? "kp-number" : null })
    );
    const rows = numbers.map((number) => khyber.printedRow(state, columns, state.find(number)));
    const note = left > 0 ? `The ${khyber.thousands(left)} oldest records are left out here.` : "";
    const widths = el("colgroup", {}, columns.map(({ name }) => el("col", { class: `kp-col-${name}` })));
    return el("div", { class: "kp-printed" }, [
      el("table", {}, [widths, el("thead", {}, [el("tr", {}, heads)]), el("tbody", {}, rows)]),
      note ? el("p", { text: note }) : null,
    ]);
  }

  // What the map looks at: all of the first view, or what the visitor moved to.
  const boundsOf = ({ map, view }) =>
    map.khyber.moved ? map.getBounds() : khyber.firstBounds(map, view.extent);

  function drawForPaper(state) {
    const { map } = state;
    const painter = map.kaPainter;
    const bounds = boundsOf(state);
    map.options.zoomSnap = 0;
    if (painter) painter.options.ratio = RATIO;
    map.invalidateSize({ animate: false, pan: false });
    map.fitBounds(bounds, { animate: false });
    if (painter) painter.renew();
    map.khyber.labels.setSigns(painter ? painter.signs : []);
    map.khyber.labels.place();
    khyber.showLegend(map, map.khyber.view);
  }

  function drawForScreen(state, { center, zoom }) {
    const { map } = state;
    map.options.zoomSnap = state.view.map.zoomSnap;
    if (map.kaPainter) map.kaPainter.options.ratio = null;
    map.invalidateSize({ animate: false, pan: false });
    map.setView(center, zoom, { animate: false });
    if (map.kaPainter) map.kaPainter.renew();
  }

  khyber.preparePrint = function (state) {
    const { map } = state;
    const legend = document.getElementById("print-legend");
    const folded = document.querySelectorAll("#about details");
    let before = null;

    function begin() {
      if (before) return;
      khyber.closeCard(map);
      before = { center: map.getCenter(), zoom: map.getZoom(), table: printedTable(state) };
      document.documentElement.classList.add("kp-printing");
      folded.forEach((node) => (node.open = true));
      drawForPaper(state);
      const keys = [...map.khyber.legend.body.children];
      legend.replaceChildren(...keys.map((node) => node.cloneNode(true)));
      legend.classList.toggle("kp-tight", legend.querySelectorAll("li").length > ROOMY);
      document.getElementById("table").after(before.table);
    }

    function end() {
      if (!before) return;
      const was = before;
      before = null;
      was.table.remove();
      folded.forEach((node) => (node.open = false));
      legend.replaceChildren();
      document.documentElement.classList.remove("kp-printing");
      drawForScreen(state, was);
    }

    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    window.matchMedia("print").addEventListener("change", ({ matches }) => (matches ? begin() : end()));
  };
})(window.khyber);
