/** What is selected, and what can be done with it: beside the picture, or under it on a small screen. */

import { meaningOf, nextPage, opening, PAGE, pagesShown, pathBetween, wholeOf } from "./acts";
import { doing, folding, hiding, pinning, toggled, unpinning } from "./changes";
import type { Count } from "./contract";
import { button, make, refill } from "./elements";
import { hubList } from "./hub-list";
import type { SceneNode } from "./scene";
import { sign } from "./sign";
import type { Deeds, Piece, Shown, Speech } from "./stage";

/** The panel. */
export function panel(speech: Speech, deeds: Deeds): Piece & { focus(): void } {
  const body = make("div", { class: "ex-panel-body" });
  const element = make("aside", { class: "ex-panel", "aria-label": speech.say("panel") }, body);
  const lists = hubList(speech, deeds);
  return {
    element,
    focus: () => element.querySelector<HTMLElement>("button, a[href]")?.focus(),
    show(shown) {
      const chosen = shown.state.selected.flatMap((key) => shown.scene.nodes.get(key) ?? []);
      const [first, ...others] = chosen;
      if (first === undefined) return refill(body, overview(shown, speech));
      if (others.length > 0) return refill(body, ...several(chosen, shown, speech, deeds));
      if (first.sort === "hub") return refill(body, ...hub(first, shown, speech, deeds, lists(first, shown)));
      if (first.sort === "institution") return refill(body, ...group(first, shown, speech, deeds));
      return refill(body, ...record(first, shown, speech, deeds));
    },
  };
}

function overview({ scene, model }: Shown, { say, number, plural, words }: Speech): HTMLElement {
  const kinds = Map.groupBy(scene.nodes.values(), (node) => node.kind);
  const rows = [...kinds].sort((one, other) => other[1].length - one[1].length);
  return make(
    "div",
    {},
    make("h2", {}, say("overview")),
    make("p", {}, say("overview_counts", { records: number(scene.nodes.size), edges: number(scene.edges.size) })),
    scene.keptOut > 0 ? make("p", { class: "quiet" }, say("kept_out", { count: number(scene.keptOut) })) : null,
    model.cut === null ? null : make("p", { class: "notice" }, `${model.cut.why} ${model.cut.how}`),
    make(
      "ul",
      { class: "ex-kinds" },
      ...rows.map(([kind, held]) =>
        make("li", {}, sign(words, kind), make("span", {}, plural(kind)), make("b", {}, number(held.length))),
      ),
    ),
    make("p", { class: "quiet" }, say("overview_hint")),
  );
}

function heading(node: SceneNode, { say, words, kind, number }: Speech): HTMLElement {
  const badge = (name: string, text: string) => make("span", { class: `badge ${name}` }, text);
  return make(
    "header",
    { class: "ex-head" },
    sign(words, node.kind),
    make(
      "div",
      {},
      make("h2", {}, node.label),
      make(
        "p",
        {},
        make("span", { class: "ex-kind" }, kind(node.kind)),
        node.thing === null ? null : make("code", { class: "id" }, node.thing.id),
        node.standing === "valid" ? null : badge(node.standing, say(`standing_${node.standing}`)),
        node.isUnverified ? badge("unverified", say("unverified")) : null,
        node.isPinned ? badge("pinned", say("pinned")) : null,
        node.sort === "institution" ? badge("count", say("stands_for", { count: number(node.count) })) : null,
      ),
    ),
  );
}

function record(node: SceneNode, shown: Shown, speech: Speech, deeds: Deeds): HTMLElement[] {
  const { say } = speech;
  const held = shown.model.records.get(node.key);
  if (held === undefined || node.thing === null) return [];
  const told = (day: string | null): string => (day === null ? "…" : speech.day(day));
  const ends = { first: told(held.valid_from), last: told(held.valid_to) };
  const owner = held.institution === null ? undefined : shown.model.institutions[held.institution];
  const rows = held.counts.map((count) => meaningRow(node, count, shown, speech, deeds));
  return [
    heading(node, speech),
    make(
      "p",
      { class: "ex-facts" },
      held.valid_from === null && held.valid_to === null
        ? null
        : make("span", {}, say(held.valid_to === null ? "span_open" : "span", ends)),
      owner === undefined || owner.id === node.key ? null : make("span", {}, speech.title(owner)),
      make("a", { href: hrefOf(node.thing.href, shown) }, say("open_record")),
    ),
    make("h3", {}, say("direct_edges")),
    rows.length === 0 ? make("p", { class: "empty" }, say("no_edges")) : make("ul", { class: "ex-meanings" }, ...rows),
    resting(node.thing.id, held.resting, shown, speech),
    tools([node], shown, speech, deeds),
  ];
}

/** What rests on an act through its provisions, which the counts of its own edges leave out. */
function resting(id: string, total: number | null, shown: Shown, { say, number }: Speech): HTMLElement {
  if (total === null || total === 0) return make("p", { hidden: true });
  const href = `${hrefOf(`/legislation/${id}`, shown)}#down`;
  return make("p", {}, make("a", { href }, say("resting", { total: number(total) })));
}

function hrefOf(href: string, { state }: Shown): string {
  return state.at === null ? href : `${href}?at=${state.at}`;
}

/** One meaning: how many there are, how many of them are in the picture, and how to get more or fewer. */
function meaningRow(node: SceneNode, count: Count, shown: Shown, speech: Speech, deeds: Deeds): HTMLElement {
  const { say, number } = speech;
  const { state } = shown;
  const name = meaningOf(node.key, count);
  const acts = state.acts.filter((_, place) => !state.folded.includes(place));
  const pages = pagesShown(acts, name);
  const inPicture = shownOf(node.key, count, shown);
  const label = `${speech.meaning(node.kind, count)}: ${speech.plural(count.kind)}`;
  const step = (act: string) => deeds.step(doing(state, act), say("told_opened", { name: label }));
  const left = count.total - inPicture;
  const make_ = (key: string, act: string, values = {}) =>
    button(say(key, values), () => step(act), {
      "data-keep": `${name}.${key}`,
      "aria-label": `${label}: ${say(key, values)}`,
    });
  const buttons: HTMLElement[] = [];
  if (left > 0 && pages !== 0) {
    const many = Math.min(PAGE, left);
    const next = pages === null ? `${name}~1` : nextPage(acts, name);
    if (count.total <= PAGE) buttons.push(make_("show_all", next, { count: number(count.total) }));
    else
      buttons.push(
        make_(pages === null ? "show_first" : "show_next", next, { count: number(many), total: number(left) }),
      );
    if (count.total > PAGE && count.total <= shown.model.most) {
      buttons.push(make_("show_whole", wholeOf(node.key, count), { count: number(count.total) }));
    }
    if (pages === null && count.total > 1) buttons.push(make_("as_one", `${name}~0`));
  }
  if (pages !== null) {
    const fold = () =>
      deeds.step(
        folding(state, (act) => act.startsWith(`${name}~`)),
        say("told_folded", { name: label }),
      );
    buttons.push(
      button(say("fold"), fold, {
        "data-keep": `${name}.fold`,
        class: "plain-button",
        "aria-label": `${label}: ${say("fold")}`,
      }),
    );
    if (pages === 0)
      buttons.unshift(button(say("list"), () => deeds.choose(name, false), { "data-keep": `${name}.list` }));
  }
  return make(
    "li",
    {},
    make(
      "div",
      { class: "ex-meaning" },
      make("span", { class: "ex-way", "aria-hidden": "true" }, count.direction === "out" ? "→" : "←"),
      make(
        "span",
        { class: "ex-meaning-name" },
        speech.meaning(node.kind, count),
        make("small", {}, speech.plural(count.kind)),
      ),
      make(
        "b",
        { title: say("shown_of", { shown: number(inPicture), total: number(count.total) }) },
        `${number(inPicture)} / ${number(count.total)}`,
      ),
    ),
    buttons.length === 0 ? null : make("div", { class: "ex-row" }, ...buttons),
  );
}

/** How many neighbours of a meaning the picture holds. */
export function shownOf(id: string, count: Count, { model, scene }: Pick<Shown, "model" | "scene">): number {
  const others = new Set<string>();
  for (const edge of model.edges.values()) {
    if (edge.type !== count.type) continue;
    const [own, other] = count.direction === "out" ? [edge.source, edge.target] : [edge.target, edge.source];
    if (own === id && scene.nodes.has(other) && model.records.get(other)?.thing.kind === count.kind) others.add(other);
  }
  return Math.min(others.size, count.total);
}

function hub(node: SceneNode, shown: Shown, speech: Speech, deeds: Deeds, list: HTMLElement): HTMLElement[] {
  const { say, number } = speech;
  const held = shown.model.hubs.get(node.key);
  const owner = held === undefined ? undefined : shown.model.records.get(held.parent);
  if (held === undefined || owner === undefined) return [];
  const first = Math.min(PAGE, held.total);
  return [
    heading(node, speech),
    make(
      "p",
      {},
      say("hub_about", { name: speech.title(owner.thing), meaning: speech.meaning(owner.thing.kind, held) }),
    ),
    make(
      "div",
      { class: "ex-row" },
      button(say("show_first", { count: number(first), total: number(held.total) }), () =>
        deeds.step(doing(shown.state, opening(held.parent, { ...held, total: 1 }))),
      ),
      button(say("fold"), () => deeds.step(folding(shown.state, (act) => act === `${node.key}~0`)), {
        class: "plain-button",
      }),
    ),
    list,
  ];
}

function group(node: SceneNode, shown: Shown, speech: Speech, deeds: Deeds): HTMLElement[] {
  const { say } = speech;
  const id = node.key.slice(1);
  const members = [...shown.model.records.values()].filter((held) => held.institution === id);
  return [
    heading(node, speech),
    make(
      "div",
      { class: "ex-row" },
      button(say("open_group"), () => deeds.step({ ...shown.state, open: [...shown.state.open, id], selected: [] })),
      button(say("only_institution"), () =>
        deeds.step({ ...shown.state, institution: id, groups: false, selected: [] }),
      ),
    ),
    make("h3", {}, say("members")),
    make(
      "ul",
      { class: "ex-members" },
      ...members
        .slice(0, 200)
        .map(({ thing }) =>
          make(
            "li",
            {},
            sign(speech.words, thing.kind),
            make("a", { href: hrefOf(thing.href, shown) }, speech.title(thing)),
          ),
        ),
    ),
  ];
}

function several(chosen: SceneNode[], shown: Shown, speech: Speech, deeds: Deeds): HTMLElement[] {
  const { say, number } = speech;
  return [
    make("h2", {}, say("selected_many", { count: number(chosen.length) })),
    make(
      "ul",
      { class: "ex-members" },
      ...chosen.map((node) =>
        make(
          "li",
          {},
          sign(speech.words, node.kind),
          button(node.label, () => deeds.choose(node.key, false), { class: "ex-link" }),
          button("×", () => deeds.slip({ ...shown.state, selected: toggled(shown.state.selected, node.key) }), {
            class: "plain-button ex-drop-one",
            "aria-label": say("unselect", { name: node.label }),
          }),
        ),
      ),
    ),
    tools(chosen, shown, speech, deeds),
  ];
}

/** What can be done with one or several nodes alike. */
function tools(chosen: SceneNode[], { state, scene }: Shown, { say, number }: Speech, deeds: Deeds): HTMLElement {
  const keys = chosen.map((node) => node.key);
  const [first, second] = chosen;
  const act = (key: string, next: () => void) =>
    button(say(key), next, { "data-keep": `tool.${key}`, class: "plain-button" });
  const found: HTMLElement[] = [];
  if (
    first !== undefined &&
    second !== undefined &&
    chosen.length === 2 &&
    first.thing !== null &&
    second.thing !== null
  ) {
    const path = pathBetween(first.thing.id, second.thing.id);
    found.push(
      button(say("path"), () => deeds.step(doing(state, path), say("told_path")), { "data-keep": "tool.path" }),
    );
  }
  const others = [...scene.nodes.keys()].filter((key) => !keys.includes(key));
  found.push(act("hide", () => deeds.step(hiding(state, keys), say("told_hidden", { count: number(keys.length) }))));
  if (others.length > 0)
    found.push(
      act("hide_others", () => deeds.step(hiding(state, others), say("told_hidden", { count: number(others.length) }))),
    );
  if (chosen.some((node) => node.isPinned)) found.push(act("unpin", () => deeds.step(unpinning(state, keys))));
  else
    found.push(
      act("pin", () =>
        deeds.step(
          pinning(
            state,
            chosen.map(({ key, x, y }) => ({ id: key, x, y })),
          ),
        ),
      ),
    );
  if (chosen.length === 1 && first?.thing != null) {
    const id = first.thing.id;
    found.push(
      act("start_here", () =>
        deeds.open({ ...state, acts: [id], folded: [], hidden: [], pins: [], selected: [id], camera: null }),
      ),
    );
  }
  return make("div", { class: "ex-row ex-tools" }, ...found);
}
