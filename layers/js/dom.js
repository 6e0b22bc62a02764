// Building elements. Text from data only ever becomes text: nothing here, or in
// any other script of the map, writes markup.
window.khyber = window.khyber || {};
(function (khyber) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";

  function fill(node, attributes, children) {
    Object.entries(attributes || {}).forEach(([name, value]) => {
      if (value === null || value === undefined || value === false) return;
      if (name === "text") node.textContent = value;
      else node.setAttribute(name, value === true ? "" : value);
    });
    (children || []).forEach((child) => child && node.appendChild(child));
    return node;
  }

  // el("p", {class: "ka-x", text: "words"}, [child, …])
  khyber.el = (tag, attributes, children) =>
    fill(document.createElement(tag), attributes, children);

  khyber.svg = (tag, attributes, children) =>
    fill(document.createElementNS(SVG, tag), attributes, children);

  khyber.safeHref = function (address) {
    try {
      const url = new URL(address);
      return url.protocol === "http:" || url.protocol === "https:" ? url.href : "";
    } catch (error) {
      return "";
    }
  };

  // A link if the address is an http(s) one, plain text otherwise.
  khyber.link = function (text, address) {
    const href = address ? khyber.safeHref(address) : "";
    if (!href) return khyber.el("span", { text: text });
    return khyber.el("a", {
      text: text,
      href: href,
      target: "_blank",
      rel: "noopener noreferrer",
    });
  };

  khyber.isPhone = (map) => map.getContainer().clientWidth < 600;

  khyber.stillness = () =>
    window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  // What is clicked on a control is not clicked on the map. Leaflet alone would count two
  // quick taps, wherever they were, as one double tap, and zoom.
  khyber.keepClicks = function (node) {
    L.DomEvent.disableClickPropagation(node);
    node.addEventListener("click", (event) => event.stopPropagation());
  };

  // A quiet message at the foot of the map; empty text takes it away.
  khyber.note = function (map, key, text) {
    const box = map.khyber.notes;
    const old = [...box.children].find((child) => child.dataset.key === key);
    if (old && old.textContent === text) return;
    if (old) old.remove();
    if (!text) return;
    const note = khyber.el("p", { class: "ka-note", text: text });
    note.dataset.key = key;
    box.appendChild(note);
  };
})(window.khyber);
