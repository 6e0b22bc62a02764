// What cards say: read by the chunk when a record is opened, each chunk once.
(function (khyber) {
  "use strict";

  const CHUNK_ROWS = 200; // as layers/details.py cuts them
  const AGAIN = "Check the connection, then open the record again.";

  const unread = () => ({
    title: "The details cannot be read",
    subtitle: "",
    id: "",
    rows: [{ label: "", text: AGAIN, href: "" }],
    unread: true,
  });

  const rowOf = (label, cell) =>
    typeof cell === "string"
      ? { label, text: cell, href: "" }
      : { label, text: cell.text, href: cell.href || "" };

  // A cell is text, {text, href}, or a list of those; the label stands at the first only.
  function rowsOf(label, cell) {
    const cells = Array.isArray(cell) ? cell : [cell];
    return cells
      .filter((each) => each && (typeof each === "string" || each.text))
      .map((each, at) => rowOf(at === 0 ? label : "", each));
  }

  function cardOf(chunk, at) {
    return {
      title: chunk.title[at],
      subtitle: chunk.subtitle[at],
      id: chunk.ids[at],
      rows: chunk.rows.flatMap(({ label, cells }) => rowsOf(label, cells[at])),
    };
  }

  async function readChunk({ url, block }, number) {
    if (block !== undefined) return (await khyber.readBlock(block + number)).json();
    const answer = await fetch(`${url}${number}.json`);
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  }

  // source: {url: prefix, size}, {block: prefix of an id, size} or {chunks: […]}; size:
  // rows a chunk.
  // card(row) promises a card, one that says so where it cannot be read; known(row) gives
  // the card if its chunk is here already, else null; empty: there are none to read.
  khyber.details = function (source) {
    const { chunks } = source || {};
    const elsewhere = Boolean(source) && (source.url !== undefined || source.block !== undefined);
    const inline = chunks && chunks.length ? chunks[0].ids.length : CHUNK_ROWS;
    const size = (source && source.size) || inline;
    const here = new Map((chunks || []).map((chunk, number) => [number, chunk]));
    const coming = new Map();

    function chunkOf(number) {
      if (here.has(number)) return Promise.resolve(here.get(number));
      if (!elsewhere) return Promise.reject(new Error("no details"));
      if (!coming.has(number)) {
        const chunk = readChunk(source, number);
        coming.set(number, chunk);
        chunk.then(
          (read) => here.set(number, read) && coming.delete(number),
          () => coming.delete(number)
        );
      }
      return coming.get(number);
    }

    function known(row) {
      const chunk = here.get(Math.floor(row / size));
      return chunk ? cardOf(chunk, row % size) : null;
    }

    const card = (row) =>
      chunkOf(Math.floor(row / size)).then((chunk) => cardOf(chunk, row % size)).catch(unread);

    return { card, known, empty: !elsewhere && !here.size };
  };
})(window.khyber);
