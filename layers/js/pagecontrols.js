// The controls of a saved page: what, when and who the records are of, and the map's layers.
(function (khyber) {
  "use strict";

  const FEW_GROUPS = 8; // shown before the others are asked for
  const KINDS = [["", "All"], ["seizure", "Seizures"], ["incident", "Incidents"]];
  const WAYS = [["signs", "Signs"], ["hexagons", "Hexagons"], ["heat", "Heat"]];
  const UNNAMED = "Not named"; // that a record says so is another thing: "Unattributed"

  const { el } = khyber;

  function fieldset(title, children, attributes) {
    return el("fieldset", attributes || {}, [el("legend", { text: title }), ...children]);
  }

  // One of several, side by side: [value, words] each.
  function choice(name, ways, value, choose) {
    return el("div", { class: "kp-choice" }, ways.map(([each, words]) => {
      const input = el("input", { type: "radio", name, value: each, checked: each === value });
      input.addEventListener("change", () => choose(each));
      return el("label", {}, [input, el("span", { text: words })]);
    }));
  }

  function check(attributes, parts, act) {
    const input = el("input", { type: "checkbox", ...attributes });
    input.addEventListener("change", () => act(input.checked));
    return el("label", { class: "kp-check" }, [input, ...parts]);
  }

  // How many of the matching records name each group.
  function countGroups(state) {
    const counts = new Map();
    const masks = state.masks("groups");
    state.kinds.forEach(({ layer }, at) => {
      const { values, raw } = layer.table.columns.get("group");
      const byCode = new Uint32Array(values.length);
      const mask = masks[at];
      for (let row = 0; row < raw.length; row += 1) byCode[raw[row]] += mask[row];
      values.forEach((name, code) => counts.set(name, (counts.get(name) || 0) + byCode[code]));
    });
    return counts;
  }

  function colourOf(view, name) {
    const found = view.groups.find(({ members }) => members.includes(name));
    return (found || view.groups[view.other_group]).colour;
  }

  function groupLines(state, counts) {
    const names = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
    return names.map((name) => {
      const count = el("span", { class: "kp-count" });
      const sign = khyber.signSvg({ shape: "circle", size: 11, colour: colourOf(state.view, name) });
      const parts = [sign, el("span", { text: name || UNNAMED, dir: "auto" }), count];
      const node = check({ value: name }, parts, (on) => {
        const groups = new Set(state.ask.groups);
        if (on) groups.add(name);
        else groups.delete(name);
        state.change({ groups });
      });
      return { name, node, count };
    });
  }

  // null where there is nothing to choose from.
  function groupControl(state) {
    const lines = groupLines(state, countGroups(state));
    if (lines.length < 2) return null;
    const list = el("div", { class: "kp-groups", id: "groups" }, lines.map(({ node }) => node));
    const more = el("button", {
      type: "button",
      class: "kp-more",
      text: `All ${lines.length} groups`,
      "aria-expanded": "false",
      "aria-controls": "groups",
    });
    const fold = (folded) => {
      lines.forEach(({ node }, at) => (node.hidden = folded && at >= FEW_GROUPS));
      more.setAttribute("aria-expanded", String(!folded));
      more.textContent = folded ? `All ${lines.length} groups` : "Fewer groups";
    };
    more.addEventListener("click", () => fold(more.getAttribute("aria-expanded") === "true"));
    more.hidden = lines.length <= FEW_GROUPS;
    fold(true);
    const follow = () => {
      const counts = countGroups(state);
      lines.forEach(({ name, node, count }) => {
        const found = counts.get(name) || 0;
        count.textContent = khyber.thousands(found);
        node.classList.toggle("kp-none", found === 0);
        node.querySelector("input").checked = state.ask.groups.has(name);
      });
    };
    follow();
    state.follow(follow);
    const hint = el("p", { class: "kp-hint", text: "None chosen: any group." });
    return fieldset("Who", [hint, list, more]);
  }

  function kindControl(state) {
    const kinds = KINDS.filter(([kind]) =>
      !kind || state.kinds.some(({ entry, layer }) => entry.kind === kind && layer.table.rows)
    );
    if (kinds.length < KINDS.length) return null;
    const node = choice("kind", kinds, state.ask.kind, (kind) => state.change({ kind }));
    state.follow(() => {
      const chosen = node.querySelector(`input[value="${state.ask.kind}"]`);
      chosen.checked = true;
    });
    return fieldset("What", [node]);
  }

  khyber.filterControls = function (state) {
    const parts = [kindControl(state), khyber.yearControl(state), groupControl(state)];
    return el("div", { class: "kp-filters" }, [
      el("h2", { text: "Filters" }),
      ...parts.filter(Boolean),
    ]);
  };

  function wayControl(state) {
    const node = choice("as", WAYS, state.as, (as) => {
      state.as = as;
      state.show();
    });
    return el("div", { class: "kp-ways" }, [el("p", { class: "kp-hint", text: "Records as" }), node]);
  }

  // The layers by the headings of the registry. turned(id, on): after a change.
  khyber.layerControls = function (state) {
    const { layers, headings } = state.view;
    const groups = headings.map((heading) => {
      const mine = layers.filter(({ group }) => group === heading);
      const lines = mine.map(({ id, name }) =>
        check({ value: id, checked: state.on.has(id) }, [el("span", { text: name })], (on) =>
          state.turn(id, on)
        )
      );
      const records = mine.some(({ kind }) => kind);
      return fieldset(heading, records ? [...lines, wayControl(state)] : lines);
    });
    const node = el("div", { class: "kp-layers" }, [el("h2", { text: "Layers" }), ...groups]);
    // A layer may also be turned on from the table.
    node.followLayers = () =>
      node.querySelectorAll("input[type=checkbox]").forEach((input) => {
        input.checked = state.on.has(input.value);
      });
    return node;
  };
})(window.khyber);
