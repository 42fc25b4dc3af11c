/** The picture as two tables, in step with it: all that can be seen there can be read, chosen and opened here. */

import { opening, pagesShown, meaningOf } from "./acts";
import { doing, toggled } from "./changes";
import { button, make, refill } from "./elements";
import type { SceneEdge, SceneNode } from "./scene";
import { sign } from "./sign";
import type { Deeds, Piece, Shown, Speech } from "./stage";

const ROWS = 100;

/** The tables. */
export function list(speech: Speech, deeds: Deeds): Piece {
  const { say } = speech;
  const records = table(say("records"), "records", [
    say("select"),
    say("name"),
    say("kind"),
    say("standing"),
    say("edges"),
    "",
  ]);
  const edges = table(say("edges"), "edges", [say("from"), say("meaning"), say("to"), say("standing")]);
  const element = make("section", { class: "ex-list", "aria-label": say("tables") }, records.element, edges.element);
  return {
    element,
    show(shown) {
      const nodes = [...shown.scene.nodes.values()];
      const degree = degrees(shown);
      records.fill(nodes.length, (place) => {
        const node = nodes[place];
        return node === undefined ? null : recordRow(node, degree.get(node.key) ?? 0, shown, speech, deeds);
      }, speech); // prettier-ignore
      const held = [...shown.scene.edges.values()];
      edges.fill(held.length, (place) => {
        const edge = held[place];
        return edge === undefined ? null : edgeRow(edge, shown, speech, deeds);
      }, speech); // prettier-ignore
    },
  };
}

function degrees({ scene }: Shown): Map<string, number> {
  const found = new Map<string, number>();
  for (const { source, target, count } of scene.edges.values()) {
    for (const end of [source, target]) found.set(end, (found.get(end) ?? 0) + count);
  }
  return found;
}

function table(caption: string, name: string, columns: string[]) {
  const body = make("tbody");
  const counted = make("span", { class: "count" });
  const paging = make("nav", { class: "paging", "aria-label": caption });
  const head = make(
    "tr",
    {},
    ...columns.map((column) => (column === "" ? make("td") : make("th", { scope: "col" }, column))),
  );
  const element = make(
    "div",
    { "data-twin": name },
    make("h2", { id: `ex-twin-${name}` }, `${caption} `, counted),
    make(
      "div",
      { class: "wide", role: "region", tabindex: 0, "aria-labelledby": `ex-twin-${name}` },
      make("table", {}, make("thead", {}, head), body),
    ),
    paging,
  );
  let from = 0;
  const fill = (total: number, rowOf: (place: number) => HTMLElement | null, speech: Speech): void => {
    from = Math.min(from, Math.max(0, Math.ceil(total / ROWS) - 1) * ROWS);
    counted.textContent = speech.number(total);
    const places = Array.from({ length: Math.min(ROWS, total - from) }, (_, place) => from + place);
    refill(body, ...places.map(rowOf));
    const go = (to: number) => () => {
      from = to;
      fill(total, rowOf, speech);
    };
    refill(
      paging,
      from > 0 ? button(speech.say("previous"), go(from - ROWS), { class: "plain-button" }) : null,
      from + ROWS < total ? button(speech.say("next"), go(from + ROWS), { class: "plain-button" }) : null,
    );
  };
  return { element, fill };
}

function recordRow(node: SceneNode, degree: number, shown: Shown, speech: Speech, deeds: Deeds): HTMLElement {
  const { say } = speech;
  const { state } = shown;
  const box = make("input", {
    type: "checkbox",
    "aria-label": say("select_name", { name: node.label }),
    "data-keep": `box.${node.key}`,
  });
  box.checked = node.isSelected;
  box.addEventListener("change", () => deeds.slip({ ...state, selected: toggled(state.selected, node.key) }));
  const name = button(node.label, () => deeds.choose(node.key, false), {
    class: "ex-link",
    "data-keep": `name.${node.key}`,
    "aria-pressed": String(node.isSelected),
  });
  const standing = node.standing === "valid" ? "" : say(`standing_${node.standing}`);
  const told = [standing, node.isUnverified ? say("unverified") : "", node.isPinned ? say("pinned") : ""];
  return make(
    "tr",
    {
      "data-key": node.key,
      "data-x": node.x.toFixed(3),
      "data-y": node.y.toFixed(3),
      class: node.isSelected ? "is-selected" : null,
    },
    make("td", {}, box),
    make("td", {}, name),
    make("td", {}, make("span", { class: "ex-sort" }, sign(speech.words, node.kind), speech.kind(node.kind))),
    make("td", {}, told.filter((text) => text !== "").join(", ")),
    make("td", { class: "number" }, speech.number(degree)),
    make("td", {}, ...opener(node, shown, speech, deeds)),
  );
}

/** The meanings of a record that are not opened yet, each with its count. */
function opener(node: SceneNode, { model, state }: Shown, speech: Speech, deeds: Deeds): HTMLElement[] {
  const held = model.records.get(node.key);
  if (held === undefined || node.sort !== "record") return [];
  const left = held.counts.filter((count) => pagesShown(state.acts, meaningOf(node.key, count)) === null);
  if (left.length === 0) return [];
  const choose = make("select", {
    "aria-label": speech.say("open_from", { name: node.label }),
    "data-keep": `open.${node.key}`,
  });
  choose.append(make("option", { value: "" }, speech.say("open")));
  left.forEach((count, place) => {
    const text = `${speech.meaning(node.kind, count)}: ${speech.plural(count.kind)} (${speech.number(count.total)})`;
    choose.append(make("option", { value: place }, text));
  });
  choose.addEventListener("change", () => {
    const count = left[Number(choose.value)];
    if (choose.value === "" || count === undefined) return;
    deeds.step(
      doing(state, opening(node.key, count)),
      speech.say("told_opened", { name: speech.meaning(node.kind, count) }),
    );
  });
  return [choose];
}

function edgeRow(edge: SceneEdge, { scene }: Shown, speech: Speech, deeds: Deeds): HTMLElement {
  const end = (key: string): HTMLElement =>
    button(scene.nodes.get(key)?.label ?? key, () => deeds.choose(key, false), {
      class: "ex-link",
      "data-keep": `end.${edge.key}.${key}`,
    });
  const count = edge.count > 1 ? ` (${speech.number(edge.count)})` : "";
  return make(
    "tr",
    { "data-key": edge.key },
    make("td", {}, end(edge.source)),
    make("td", {}, `${speech.edge(edge.type)}${count}`),
    make("td", {}, end(edge.target)),
    make("td", {}, edge.lack === null ? "" : speech.say(`standing_${edge.lack}`)),
  );
}
