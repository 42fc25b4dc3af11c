/** One box that finds: what is in the picture first, then records to add. */

import type { Thing } from "./contract";
import { doing } from "./changes";
import { make, refill } from "./elements";
import { suggested } from "./service";
import { sign } from "./sign";
import type { Deeds, Piece, Shown, Speech } from "./stage";

const PATIENCE_MS = 120;
const MOST_INSIDE = 6;

interface Choice {
  id: string;
  kind: string;
  label: string;
  isInside: boolean;
}

/** Records of the picture whose name or number holds the text, in Turkish letters or without their dots. */
export function inside(nodes: Iterable<{ key: string; kind: string; label: string }>, text: string): Choice[] {
  const folded = fold(text);
  if (folded === "") return [];
  const found: Choice[] = [];
  for (const { key, kind, label } of nodes) {
    if (found.length === MOST_INSIDE) break;
    if (fold(label).includes(folded) || fold(key).startsWith(folded))
      found.push({ id: key, kind, label, isInside: true });
  }
  return found;
}

function fold(text: string): string {
  return text.toLocaleLowerCase("tr").normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ı", "i").trim();
}

/** The box with its list of choices. */
export function find(speech: Speech, deeds: Deeds): Piece & { focus(): void } {
  const { say } = speech;
  const list = make("ul", { class: "ex-choices", role: "listbox", id: "ex-choices", "aria-label": say("find") });
  const input = make("input", {
    type: "search",
    role: "combobox",
    autocomplete: "off",
    placeholder: say("find"),
    "aria-label": say("find"),
    "aria-expanded": "false",
    "aria-controls": "ex-choices",
    "aria-autocomplete": "list",
  });
  const element = make("div", { class: "ex-find" }, input, list);
  list.hidden = true;
  let shown: Shown | null = null;
  let choices: Choice[] = [];
  let active = -1;
  let asking = new AbortController();
  let waiting = 0;

  const close = (): void => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (choice: Choice | undefined): void => {
    if (choice === undefined || shown === null) return;
    close();
    input.value = "";
    if (choice.isInside) {
      deeds.choose(choice.id, false);
      deeds.reveal(choice.id);
      return;
    }
    const hidden = shown.state.hidden.filter((id) => id !== choice.id);
    deeds.step(
      { ...doing({ ...shown.state, hidden }, choice.id), selected: [choice.id] },
      say("told_added", { name: choice.label }),
    );
  };
  const mark = (next: number): void => {
    active = next;
    [...list.querySelectorAll("[role=option]")].forEach((option, place) => {
      option.setAttribute("aria-selected", String(place === active));
      if (place === active) input.setAttribute("aria-activedescendant", option.id);
    });
  };
  const offer = (things: Thing[]): void => {
    const held = new Set(shown?.scene.nodes.keys());
    const within = inside(shown?.scene.nodes.values() ?? [], input.value);
    const beside = things
      .filter((thing) => !held.has(thing.id))
      .map((thing): Choice => ({ id: thing.id, kind: thing.kind, label: speech.title(thing), isInside: false }));
    choices = [...within, ...beside];
    refill(list, ...choices.map((choice, place) => optionOf(speech, choice, place, () => take(choice))));
    if (choices.length === 0) list.append(make("li", { class: "ex-none" }, say("find_nothing")));
    list.hidden = input.value.trim() === "";
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
  };
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    asking.abort();
    asking = new AbortController();
    const text = input.value.trim();
    if (text === "") return close();
    offer([]);
    waiting = window.setTimeout(() => {
      suggested(text, shown?.state.at ?? null, speech.language, asking.signal).then(offer, () => undefined);
    }, PATIENCE_MS);
  });
  input.addEventListener("keydown", (event) => {
    const last = choices.length - 1;
    if (event.key === "ArrowDown") mark(Math.min(last, active + 1));
    else if (event.key === "ArrowUp") mark(Math.max(0, active - 1));
    else if (event.key === "Enter") take(choices[Math.max(0, active)]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  input.addEventListener("blur", () => window.setTimeout(close, 150));
  return {
    element,
    focus: () => input.focus(),
    show: (next) => {
      shown = next;
    },
  };
}

function optionOf(speech: Speech, choice: Choice, place: number, take: () => void): HTMLElement {
  const told = choice.isInside ? speech.say("find_inside") : speech.say("find_add");
  const option = make(
    "li",
    { role: "option", id: `ex-choice-${place}`, "aria-selected": "false" },
    sign(speech.words, choice.kind),
    make("span", { class: "ex-choice-name" }, choice.label),
    make("small", {}, `${speech.kind(choice.kind)} · ${told}`),
  );
  // Before the blur of the box closes the list.
  option.addEventListener("mousedown", (event) => {
    event.preventDefault();
    take();
  });
  return option;
}
