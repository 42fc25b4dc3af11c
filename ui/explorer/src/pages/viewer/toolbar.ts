/** The buttons above a picture and the search inside it. */

import { matching } from "./folding";
import type { Drawing, Drawn } from "./drawing";
import type { Moving } from "./moving";

type Say = (key: string, values?: Record<string, string | number>) => string;

/** Builds the bar; `found` is told of all that matches and of the one that is looked at. */
export function toolbar(
  say: Say,
  whole: HTMLElement,
  moving: Moving,
  drawing: Drawing,
  found: (all: Drawn[], current: Drawn | undefined) => void,
): HTMLElement {
  const bar = document.createElement("div");
  bar.className = "viewer-bar";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", say("tools"));
  const buttons = document.createElement("div");
  buttons.className = "viewer-buttons";
  buttons.append(
    button("−", say("zoom_out"), () => moving.zoomOut()),
    button("+", say("zoom_in"), () => moving.zoomIn()),
    button(say("fit_short"), say("fit"), () => moving.fit()),
  );
  if (document.fullscreenEnabled) buttons.append(fullScreen(say, whole));
  bar.append(buttons, finding(say, drawing, found));
  return bar;
}

/** A plain button; `label` is what it is called where its text is a sign. */
export function button(text: string, label: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.title = label;
  if (text !== label) made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

function fullScreen(say: Say, whole: HTMLElement): HTMLButtonElement {
  const made = button(say("full_screen"), say("full_screen"), () => {
    void (document.fullscreenElement === whole ? document.exitFullscreen() : whole.requestFullscreen());
  });
  document.addEventListener("fullscreenchange", () => {
    const is = document.fullscreenElement === whole;
    made.textContent = made.title = say(is ? "window" : "full_screen");
  });
  return made;
}

function finding(say: Say, drawing: Drawing, found: (all: Drawn[], current: Drawn | undefined) => void): HTMLElement {
  const form = document.createElement("form");
  form.className = "viewer-find";
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", say("find"));
  const input = document.createElement("input");
  input.type = "search";
  input.placeholder = say("find");
  input.setAttribute("aria-label", say("find"));
  const told = document.createElement("span");
  told.className = "viewer-told";
  told.setAttribute("role", "status");
  // Boxes first: who is looked for is found before what passes there.
  const items = [...drawing.web.items].sort(
    (one, other) => Number(one.kind === "arrow") - Number(other.kind === "arrow"),
  );
  const titles = items.map((item) => item.title);
  let hits: Drawn[] = [];
  let place = 0;

  function tell(): void {
    const current = hits[place];
    found(hits, current);
    if (input.value.trim() === "") told.textContent = "";
    else if (current === undefined) told.textContent = say("found_none");
    else told.textContent = say("found", { place: place + 1, count: hits.length, title: current.title });
  }

  function step(by: number): void {
    if (hits.length > 0) place = (place + by + hits.length) % hits.length;
    tell();
  }

  input.addEventListener("input", () => {
    hits = matching(titles, input.value).flatMap((number) => items[number] ?? []);
    place = 0;
    tell();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || input.value === "") return;
    event.stopPropagation();
    input.value = "";
    input.dispatchEvent(new Event("input"));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    step(1);
  });
  form.append(
    input,
    button("↑", say("find_previous"), () => step(-1)),
    button("↓", say("find_next"), () => step(1)),
    told,
  );
  return form;
}
