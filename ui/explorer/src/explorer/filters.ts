/** The boxes that let kinds, edge types and institutions through. */

import { filtering } from "./changes";
import { button, make, menu, refill, tick } from "./elements";
import { sign } from "./sign";
import type { Deeds, Piece, Shown, Speech } from "./stage";

/** The menu of filters; its name says how many are on. */
export function filters(speech: Speech, deeds: Deeds): Piece {
  const { say } = speech;
  const body = make("div", { class: "ex-filters" });
  const element = menu(say("filter"), "filter", body);
  return {
    element,
    show(shown) {
      const { state } = shown;
      const isOn = [
        state.kinds.length > 0,
        state.types.length > 0,
        state.institution !== null,
        state.hidden.length > 0,
        state.hidesEnded,
      ];
      const count = isOn.filter(Boolean).length;
      const summary = element.querySelector("summary");
      if (summary !== null) summary.textContent = count === 0 ? say("filter") : say("filter_on", { count });
      refill(body, ...kinds(shown, speech, deeds), ...types(shown, speech, deeds), ...rest(shown, speech, deeds));
    },
  };
}

function kinds({ model, state }: Shown, speech: Speech, deeds: Deeds): HTMLElement[] {
  const counts = counted([...model.records.values()].map((record) => record.thing.kind));
  const all = [...counts.keys()];
  const boxes = all.map((kind) => {
    const isOn = state.kinds.length === 0 || state.kinds.includes(kind);
    const text = `${speech.plural(kind)} (${speech.number(counts.get(kind) ?? 0)})`;
    return tick(
      text,
      isOn,
      () => deeds.step({ ...state, kinds: filtering(state.kinds, all, kind) }),
      sign(speech.words, kind),
    );
  });
  return [fieldset(speech.say("kinds"), boxes)];
}

function types({ model, state }: Shown, speech: Speech, deeds: Deeds): HTMLElement[] {
  const counts = counted([...model.edges.values()].map((edge) => edge.type));
  const all = [...counts.keys()];
  const boxes = all.map((type) => {
    const isOn = state.types.length === 0 || state.types.includes(type);
    const text = `${speech.edge(type)} (${speech.number(counts.get(type) ?? 0)})`;
    return tick(text, isOn, () => deeds.step({ ...state, types: filtering(state.types, all, type) }));
  });
  return boxes.length === 0 ? [] : [fieldset(speech.say("types"), boxes)];
}

function rest({ model, state }: Shown, speech: Speech, deeds: Deeds): HTMLElement[] {
  const { say } = speech;
  const choose = make("select", { "aria-label": say("institution"), "data-keep": "institution" });
  choose.append(make("option", { value: "" }, say("institution_any")));
  const owned = counted([...model.records.values()].flatMap((record) => record.institution ?? []));
  for (const [id, count] of owned) {
    const thing = model.institutions[id];
    if (thing !== undefined)
      choose.append(make("option", { value: id }, `${speech.title(thing)} (${speech.number(count)})`));
  }
  choose.value = state.institution ?? "";
  choose.addEventListener("change", () => deeds.step({ ...state, institution: choose.value || null }));
  const found: HTMLElement[] = [
    fieldset(say("institution"), [choose]),
    tick(say("ended_too"), !state.hidesEnded, (isOn) => deeds.step({ ...state, hidesEnded: !isOn })),
  ];
  if (state.hidden.length > 0) {
    const back = () => deeds.step({ ...state, hidden: [] });
    found.push(
      button(say("show_hidden", { count: speech.number(state.hidden.length) }), back, { class: "plain-button" }),
    );
  }
  if (state.folded.length > 0) {
    const back = () => deeds.step({ ...state, folded: [] });
    found.push(
      button(say("unfold_all", { count: speech.number(state.folded.length) }), back, { class: "plain-button" }),
    );
  }
  return found;
}

function counted(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of [...names].sort()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function fieldset(legend: string, content: HTMLElement[]): HTMLElement {
  return make("fieldset", {}, make("legend", {}, legend), ...content);
}
