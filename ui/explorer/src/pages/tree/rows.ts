/** The elements of the rows of the tree. */

import type { Branch, Row, Thing, UnitRow, WaitingRow } from "./model";

/** What rows say, and where their links lead. */
export interface Speech {
  say(key: string, values?: Record<string, string | number>): string;
  name(thing: Thing): string;
  number(value: number): string;
  /** The day of the page. */
  at: string;
  href(row: UnitRow): string;
  hrefUnder(id: string, parent: string): string;
}

const INDENT = 1.1;

/** The identifier of the element of a row. */
export function elementId(key: string): string {
  return `tree-${key}`;
}

/** A new element for the row; `update` sets what changes while it is shown. */
export function rowElement(row: Row, speech: Speech): HTMLElement {
  const element = made("div", "tree-row");
  element.id = elementId(row.key);
  element.dataset.key = row.key;
  element.setAttribute("role", "treeitem");
  element.setAttribute("aria-level", String(row.level));
  element.style.paddingLeft = `${(row.level - 1) * INDENT}rem`;
  if (row.kind === "unit") fill(element, row, speech);
  else element.classList.add("note");
  return element;
}

/** Sets what may change: where it is, whether it is open, chosen or active. */
export function update(
  element: HTMLElement,
  row: Row,
  state: { isChosen: boolean; isActive: boolean },
  speech: Speech,
): void {
  element.classList.toggle("active", state.isActive);
  if (row.kind !== "unit") {
    const said = waitingFor(row, speech);
    if (element.textContent !== said) element.textContent = said;
    return;
  }
  if (row.expanded === null) element.removeAttribute("aria-expanded");
  else element.setAttribute("aria-expanded", String(row.expanded));
  element.setAttribute("aria-selected", String(state.isChosen));
  element.setAttribute("aria-setsize", String(row.size));
  if (row.position > 0) element.setAttribute("aria-posinset", String(row.position));
  else element.removeAttribute("aria-posinset");
}

function fill(element: HTMLElement, row: UnitRow, speech: Speech): void {
  const { branch } = row;
  const toggle = made("span", "toggle");
  toggle.setAttribute("aria-hidden", "true");
  const link = made("a", "name");
  link.href = speech.href(row);
  link.tabIndex = -1;
  link.textContent = speech.name(branch.thing);
  link.title = `${speech.name(branch.thing)} · ${branch.thing.id}`;
  element.append(toggle, link);
  if (branch.is_institution) {
    const mark = badge("mark-institution", "", speech.say("institution_title"));
    mark.append(badge("unseen", speech.say("institution_title"), ""));
    element.append(mark);
  }
  for (const said of standing(branch, speech)) {
    element.classList.add("gone");
    element.append(badge("badge ended", said, ""));
  }
  if (branch.units > 0)
    element.append(
      badge(
        "count",
        `(${speech.number(branch.units)})`,
        speech.say("units_count", { count: speech.number(branch.units) }),
      ),
    );
  for (const other of branch.other_parents) {
    const also = made("a", "badge also");
    also.href = speech.hrefUnder(branch.thing.id, other.id);
    also.dataset.under = other.id;
    also.textContent = speech.say("also_under", { title: speech.name(other) });
    also.title = also.textContent;
    element.append(also);
  }
}

function waitingFor(row: WaitingRow, speech: Speech): string {
  if (row.kind === "failed") return `${speech.say("failed")} ${speech.say("again")}`;
  return row.kind === "held" ? speech.say("more_units", { count: speech.number(row.count) }) : speech.say("loading");
}

function standing(branch: Branch, speech: Speech): string[] {
  if (branch.thing.state === "ended") return [speech.say("ended")];
  if (branch.thing.state === "future" || (branch.tie_from ?? "") > speech.at) return [speech.say("future")];
  return branch.tie_to !== null && branch.tie_to <= speech.at ? [speech.say("tie_ended")] : [];
}

function badge(name: string, said: string, title: string): HTMLElement {
  const element = made("span", name);
  element.textContent = said;
  if (title) element.title = title;
  return element;
}

function made<K extends keyof HTMLElementTagNameMap>(tag: K, name: string): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = name;
  return element;
}
