// Rows of the table: what the columns say at once, and what the details add once read.
(function (khyber) {
  "use strict";

  const SIGN_PX = 11;
  const SOURCES = 3; // of a row on the screen; on paper all

  function textOf(table, name, row) {
    const column = table.columns.get(name);
    return column ? column.values[column.raw[row]] : "";
  }

  function signOf({ layer, row }) {
    const { shape, colour } = layer.style;
    const fill = layer.open[row] ? "open" : "full";
    const size = SIGN_PX;
    return khyber.signSvg({ shape, fill, size, colour: colour.classes[layer.classes[row]].colour });
  }

  // Cells of the table by name: a node each. place: a button, or plain text on paper.
  function cellsOf(state, record, place) {
    const { layer, row } = record;
    const { table } = layer;
    const say = (name) => textOf(table, name, row);
    const country = state.view.countries[say("country")] || say("country");
    const number = (name) => {
      const value = state.numbers(layer, name)[row];
      return value === value ? khyber.thousands(value) : "";
    };
    const span = (text) => khyber.el("span", { text, dir: "auto" });
    const words = khyber.el("span", {}, [span(khyber.rowLine(record).what)]);
    return {
      date: span(khyber.dateWords(table, row)),
      record: khyber.el("div", { class: "kp-record" }, [signOf(record), words]),
      place,
      province: span([say("province"), country].filter(Boolean).join(", ")),
      group: khyber.el("span", {}, [
        span(say("group") || "Unattributed"),
        khyber.el("small", { text: state.view.roles[say("role")] || "" }),
      ]),
      killed: span(number("killed")),
      injured: span(number("injured")),
      source: khyber.el("span", { class: "kp-links" }),
    };
  }

  // What the details say of items and sources, in their cells.
  function fill(cells, card, most) {
    const items = card.rows.find((each) => each.label === "Seized");
    const from = items ? card.rows.indexOf(items) : 0;
    if (items) {
      const lines = [items.text];
      for (let at = from + 1; card.rows[at] && !card.rows[at].label; at += 1) {
        lines.push(card.rows[at].text);
      }
      const words = khyber.el("small", { text: lines.join("; "), dir: "auto" });
      cells.record.lastChild.appendChild(words);
    }
    const first = card.rows.findIndex((each) => each.label === "Source");
    const sources = first < 0 ? [] : card.rows.slice(first);
    const left = sources.length - most;
    const links = sources.slice(0, most).map((each) => khyber.link(each.text, each.href));
    const more = left > 0 ? khyber.el("small", { text: `and ${left} more` }) : null;
    cells.source.replaceChildren(...links, ...(more ? [more] : []));
  }

  // A row of the table; columns: [{name, title, number}].
  khyber.tableRow = function (state, columns, record, place) {
    const cells = cellsOf(state, record, place);
    const node = khyber.el("tr", { role: "row" }, columns.map(({ name, title, number }) => {
      const look = { role: "cell", class: `kp-cell-${name}${number ? " kp-number" : ""}` };
      const cell = khyber.el("td", look, [cells[name]]);
      cell.dataset.label = title;
      return cell;
    }));
    const { details } = record.layer;
    if (details.empty) return node;
    const known = details.known(record.row);
    if (known) fill(cells, known, SOURCES);
    else details.card(record.row).then((card) => card.unread || fill(cells, card, SOURCES));
    return node;
  };

  // The same for paper: only what is here already, with every source.
  khyber.printedRow = function (state, columns, record) {
    const name = textOf(record.layer.table, "place", record.row);
    const cells = cellsOf(state, record, khyber.el("span", { text: name, dir: "auto" }));
    const known = record.layer.details.known(record.row);
    if (known) fill(cells, known, Infinity);
    return khyber.el("tr", {}, columns.map((column) =>
      khyber.el("td", { class: column.number ? "kp-number" : null }, [cells[column.name]])
    ));
  };

  khyber.placeWords = ({ layer, row }) => textOf(layer.table, "place", row) || "Place not named";
})(window.khyber);
