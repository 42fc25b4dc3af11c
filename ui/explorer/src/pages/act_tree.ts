/** The tree of what rests on an act: the link to what lies beyond a record becomes a button that opens it in place. */

import { rooted } from "../root";
import { wordsOf } from "./words";

interface Thing {
  id: string;
  kind: string;
  title: string;
  title_en: string | null;
}

interface Branch {
  thing: Thing;
  via: Thing;
  beyond: number;
}

interface Branches {
  start: Thing;
  total: number;
  offset: number;
  rows: Branch[];
}

type Say = (key: string, values?: Record<string, string | number>) => string;

const PAGE = 50;

/** Makes the buttons; levels are asked of the API when they are opened. */
export function enhance(element: HTMLElement): void {
  const say = wordsOf(element);
  const api = element.dataset.api ?? "";
  for (const link of element.querySelectorAll<HTMLAnchorElement>("a[data-branch]")) {
    link.replaceWith(
      opener(api, say, link.dataset.branch ?? "", Number(link.dataset.count), [link.dataset.branch ?? ""]),
    );
  }
}

/** The address of one level: `~` stands where the identifier goes. */
export function levelOf(api: string, id: string, offset: number): string {
  const address = api.replace("~", encodeURIComponent(id));
  const more = `limit=${PAGE}${offset > 0 ? `&offset=${offset}` : ""}`;
  return `${address}${address.includes("?") ? "&" : "?"}${more}`;
}

/** The page of a record: acts and provisions have one of their own among the legislation. */
export function pageOf(thing: Thing, day: string | null): string {
  const isText = thing.kind === "legislation" || thing.kind === "provision";
  const path = isText ? `/legislation/${thing.id}` : `/records/${thing.kind}/${thing.id}`;
  return day === null ? path : `${path}?at=${encodeURIComponent(day)}`;
}

/** The way down to a record holds the records on it: a circle is told and not walked for ever. */
function opener(api: string, say: Say, id: string, count: number, way: string[]): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = say("open_branch", { count });
  button.setAttribute("aria-expanded", "false");
  let under: HTMLUListElement | null = null;
  button.addEventListener("click", () => {
    if (under !== null) {
      under.hidden = !under.hidden;
      shown(button, say, !under.hidden, count);
      return;
    }
    const list = document.createElement("ul");
    list.className = "act-tree";
    button.disabled = true;
    void filled(list, api, say, id, 0, way).then((done) => {
      button.disabled = false;
      if (!done) {
        button.textContent = say("branch_failed");
        return;
      }
      under = list;
      button.after(list);
      shown(button, say, true, count);
      button.focus();
    });
  });
  return button;
}

function shown(button: HTMLButtonElement, say: Say, isOpen: boolean, count: number): void {
  button.setAttribute("aria-expanded", String(isOpen));
  button.textContent = isOpen ? say("close_branch") : say("open_branch", { count });
}

async function filled(
  list: HTMLUListElement,
  api: string,
  say: Say,
  id: string,
  offset: number,
  way: string[],
): Promise<boolean> {
  try {
    const response = await fetch(levelOf(api, id, offset), { headers: { accept: "application/json" } });
    if (!response.ok) return false;
    const level = (await response.json()) as Branches;
    for (const row of level.rows) list.append(item(row, id, api, say, way));
    const left = level.total - offset - level.rows.length;
    if (left > 0) list.append(rest(list, api, say, id, offset + level.rows.length, left, way));
    return true;
  } catch {
    return false;
  }
}

function rest(
  list: HTMLUListElement,
  api: string,
  say: Say,
  id: string,
  offset: number,
  left: number,
  way: string[],
): HTMLLIElement {
  const entry = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = say("more_branches", { count: Math.min(left, PAGE) });
  button.addEventListener("click", () => {
    button.disabled = true;
    void filled(list, api, say, id, offset, way).then((done) => {
      if (done) entry.remove();
      else button.textContent = say("branch_failed");
      button.disabled = false;
    });
  });
  entry.append(button);
  return entry;
}

function item(row: Branch, parent: string, api: string, say: Say, way: string[]): HTMLLIElement {
  const entry = document.createElement("li");
  entry.append(named(row.thing));
  if (row.via.id !== parent) {
    const over = document.createElement("small");
    over.append(`${say("over")} `, named(row.via));
    entry.append(" ", over);
  }
  if (row.beyond > 0 && !way.includes(row.thing.id)) {
    entry.append(" ", opener(api, say, row.thing.id, row.beyond, [...way, row.thing.id]));
  }
  return entry;
}

function named(thing: Thing): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const link = document.createElement("a");
  const isEnglish = document.documentElement.lang === "en";
  link.href = rooted(pageOf(thing, new URLSearchParams(location.search).get("at")));
  link.textContent = (isEnglish ? thing.title_en : null) ?? thing.title;
  const id = document.createElement("span");
  id.className = "id";
  id.textContent = thing.id;
  fragment.append(link, " ", id);
  return fragment;
}
