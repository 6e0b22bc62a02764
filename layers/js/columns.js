// Reading records: typed columns as layers/payload.py writes them.
(function (khyber) {
  "use strict";

  const MAGIC = 0x3143414b; // "KAC1", little endian
  const ARRAYS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };
  const THREE = 3; // bytes of a cell for which there is no array of its own
  const DAY_MS = 86400000;

  // Bytes of base64 text; the newer way is some ten times as fast.
  khyber.bytesOf = function (text) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
    const letters = atob(text);
    const bytes = new Uint8Array(letters.length);
    for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
    return bytes;
  };

  function inflated(bytes) {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream);
  }

  const whole = () =>
    new Promise((done) => {
      if (document.readyState !== "loading") done();
      else document.addEventListener("DOMContentLoaded", done, { once: true });
    });

  // Data packed into the page itself, as layers/page_data.py writes it: the answer is like
  // that of fetch. A long page may still be on its way when it is asked for.
  khyber.readBlock = async function (id) {
    if (!document.getElementById(id)) await whole();
    const block = document.getElementById(id);
    if (!block) throw new Error(`no block ${id}`);
    return inflated(khyber.bytesOf(block.textContent));
  };

  function rawOf(column, rows, buffer, start) {
    // A column of one value takes no room in the file.
    if (!column.width) return new Uint8Array(rows);
    if (column.width === THREE) {
      const bytes = new Uint8Array(buffer, start + column.at, rows * THREE);
      const cells = new Uint32Array(rows);
      for (let row = 0, at = 0; row < rows; row += 1, at += THREE) {
        cells[row] = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16);
      }
      return cells;
    }
    return new ARRAYS[column.width](buffer, start + column.at, rows);
  }

  // An inflated payload as {rows, columns: Map of name to {type, raw, …}}.
  khyber.readColumns = function (buffer) {
    const head = new DataView(buffer);
    if (buffer.byteLength < 8 || head.getUint32(0, true) !== MAGIC) {
      throw new Error("not a file of records");
    }
    const length = head.getUint32(4, true);
    const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
    const columns = new Map(
      header.columns.map((column) => [
        column.name,
        { ...column, raw: rawOf(column, header.rows, buffer, 8 + length) },
      ])
    );
    return { rows: header.rows, columns: columns };
  };

  // source: {url}, {block: id in the page} or {data: base64}
  khyber.loadColumns = async function (source) {
    if (source.data !== undefined) {
      return khyber.readColumns(await inflated(khyber.bytesOf(source.data)).arrayBuffer());
    }
    if (source.block !== undefined) {
      return khyber.readColumns(await (await khyber.readBlock(source.block)).arrayBuffer());
    }
    const answer = await fetch(source.url);
    if (!answer.ok) throw new Error(`${answer.status}`);
    return khyber.readColumns(await inflated(await answer.arrayBuffer()).arrayBuffer());
  };

  // All numbers of a column; NaN where missing.
  khyber.numbersOf = function (column) {
    const { raw, low, places, missing, among } = column;
    const unit = 10 ** places;
    const from = low - (missing ? 1 : 0);
    const numbers = new Float64Array(raw.length);
    for (let row = 0; row < raw.length; row += 1) {
      const cell = among ? among[raw[row]] : raw[row];
      numbers[row] = missing && cell === 0 ? NaN : (cell + from) / unit;
    }
    return numbers;
  };

  function lastDay(first, precision) {
    const counted = /^(\d+) days$/.exec(precision);
    if (counted) return first + Number(counted[1]) - 1;
    const date = new Date(first * DAY_MS);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    const next = precision === "year" ? Date.UTC(year + 1, 0, 1) : Date.UTC(year, month + 1, 1);
    return next / DAY_MS - 1;
  }

  // First and last day that each record's date may mean, in days since 1970.
  khyber.daysOf = function (table) {
    const first = Int32Array.from(khyber.numbersOf(table.columns.get("date")));
    const last = first.slice();
    const { raw, values } = table.columns.get("date_precision");
    const known = new Map();
    for (let row = 0; row < table.rows; row += 1) {
      const precision = values[raw[row]];
      if (precision === "day") continue;
      const key = `${first[row]} ${precision}`;
      if (!known.has(key)) known.set(key, lastDay(first[row], precision));
      last[row] = known.get(key);
    }
    return { first: first, last: last };
  };
})(window.khyber);
