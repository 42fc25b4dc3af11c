/** Names while somebody types: a combobox with a list, as the WAI-ARIA practices describe it. */

import { type Run, marked } from "./marking";
import { wordsOf } from "./words";
import { rooted } from "../root";
import { besideOf, joined, titleOf, type Titled } from "../titles";

/** A record as the API names it. */
export interface Suggested extends Titled {
  id: string;
  kind: string;
  state: "valid" | "ended" | "repealed" | "not_in_force" | "future";
  is_unverified: boolean;
  is_stub: boolean;
  href: string;
}

// Between two letters of a quick typist lie about 150 ms.
const PAUSE = 120;
const MOST = 8;
let made = 0;

/** Suggests under the input. With `data-leads` a choice opens its record, otherwise it puts its number in the input. */
export function enhance(element: HTMLElement): void {
  if (element instanceof HTMLInputElement) new Combobox(element);
}

/** What is worth asking for: two letters, or one digit. */
export function isEnough(typed: string): boolean {
  const said = typed.trim();
  return said.length > 1 || /^\d$/.test(said);
}

/** Which option is active after a key: round about, with none between the last and the first. */
export function moved(active: number, count: number, step: 1 | -1): number {
  if (count === 0) return -1;
  if (active === -1) return step === 1 ? 0 : count - 1;
  const next = active + step;
  return next < 0 || next >= count ? -1 : next;
}

/** The address that asks for suggestions, as of the day of the page. */
export function addressOf(typed: string, kinds: string, page: string): string {
  const asked = new URLSearchParams({ q: typed.trim().slice(0, 200), limit: String(MOST) });
  if (kinds !== "") asked.set("kind", kinds);
  const day = new URL(page).searchParams.get("at");
  if (day) asked.set("at", day);
  return `/api/suggest?${asked}`;
}

class Combobox {
  private readonly list = document.createElement("ul");
  private readonly status = document.createElement("span");
  private readonly chosen = document.createElement("span");
  private readonly header = document.querySelector<HTMLElement>("header.top");
  private readonly say = wordsOf(this.header ?? document.body);
  private readonly kinds = JSON.parse(this.header?.dataset.kinds ?? "{}") as Record<
    string,
    { label: string; icon: string }
  >;
  private readonly badges = JSON.parse(this.header?.dataset.badges ?? "{}") as Record<string, string>;
  private readonly known = new Map<string, Suggested[]>();
  private shown: Suggested[] = [];
  private active = -1;
  private pause: ReturnType<typeof setTimeout> | undefined;
  private asking: AbortController | undefined;

  constructor(private readonly input: HTMLInputElement) {
    this.list.id = `suggestions-${++made}`;
    this.list.className = "suggestions";
    this.list.role = "listbox";
    this.list.ariaLabel = this.say("suggest_list");
    this.list.hidden = true;
    this.status.className = "unseen";
    this.status.role = "status";
    this.chosen.className = "chosen-name";
    this.chosen.id = `${this.list.id}-chosen`;
    input.role = "combobox";
    input.autocomplete = "off";
    input.ariaAutoComplete = "list";
    input.ariaExpanded = "false";
    input.setAttribute("aria-controls", this.list.id);
    input.after(this.status, this.list);
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("blur", () => this.close());
    // The input keeps the focus, so that leaving it closes the list.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target instanceof Element ? event.target.closest("li") : null;
      if (option !== null) this.choose([...this.list.children].indexOf(option));
    });
  }

  private typed(): void {
    this.chosen.remove();
    this.input.removeAttribute("aria-describedby");
    clearTimeout(this.pause);
    this.asking?.abort();
    if (!isEnough(this.input.value)) {
      this.close();
      return;
    }
    this.pause = setTimeout(() => void this.ask(), PAUSE);
  }

  private async ask(): Promise<void> {
    const address = rooted(addressOf(this.input.value, this.input.dataset.kind ?? "", location.href));
    let found = this.known.get(address);
    if (found === undefined) {
      this.asking = new AbortController();
      try {
        const response = await fetch(address, { signal: this.asking.signal, headers: { accept: "application/json" } });
        if (!response.ok) return this.close();
        found = ((await response.json()) as { suggestions: Suggested[] }).suggestions;
      } catch {
        // Aborted by the next letter, or the service is away: the form still searches.
        return;
      }
      this.known.set(address, found);
    }
    if (document.activeElement === this.input) this.show(found);
  }

  private show(found: Suggested[]): void {
    this.shown = found;
    this.status.textContent = found.length
      ? this.say("suggest_count", { count: found.length })
      : this.say("suggest_none");
    this.list.replaceChildren(...found.map((suggested, place) => this.option(suggested, place)));
    this.list.hidden = found.length === 0;
    this.input.ariaExpanded = String(found.length > 0);
    this.activate(-1);
  }

  private option(suggested: Suggested, place: number): HTMLLIElement {
    const option = document.createElement("li");
    option.role = "option";
    option.id = `${this.list.id}-${place}`;
    option.ariaSelected = "false";
    const name = document.createElement("span");
    name.className = "name";
    name.append(...marked(titleOf(suggested, language()), this.input.value).map(written));
    const beside = document.createElement("span");
    beside.className = "whose";
    beside.textContent = joined("", besideOf(suggested, language()));
    name.append(beside);
    const badges = document.createElement("span");
    for (const key of badgesOf(suggested)) badges.append(badge(key, this.badges[`badge_${key}`] ?? key), " ");
    const about = document.createElement("span");
    about.className = "about";
    const id = document.createElement("span");
    id.className = "id";
    id.textContent = suggested.id;
    about.append(`${this.kinds[suggested.kind]?.label ?? suggested.kind} · `, id);
    option.append(icon(this.kinds[suggested.kind]?.icon ?? "other"), name, badges, about);
    return option;
  }

  private pressed(event: KeyboardEvent): void {
    if (event.isComposing) return;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        event.preventDefault();
        if (this.list.hidden) {
          if (isEnough(this.input.value)) void this.ask();
        } else this.activate(moved(this.active, this.shown.length, event.key === "ArrowDown" ? 1 : -1));
        return;
      case "Enter":
        if (this.active !== -1 && !this.list.hidden) {
          event.preventDefault();
          this.choose(this.active);
        }
        return;
      case "Escape":
        if (!this.list.hidden) {
          event.preventDefault();
          this.close();
        }
    }
  }

  private activate(place: number): void {
    this.list.children[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = this.list.children[place];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private choose(place: number): void {
    const suggested = this.shown[place];
    if (suggested === undefined) return;
    this.close();
    if (this.input.dataset.leads !== undefined) {
      const day = new URL(location.href).searchParams.get("at");
      location.assign(day ? `${suggested.href}?at=${day}` : suggested.href);
      return;
    }
    this.input.value = suggested.id;
    this.chosen.replaceChildren(icon(this.kinds[suggested.kind]?.icon ?? "other"), " ", nameOf(suggested));
    this.input.after(this.chosen);
    this.input.setAttribute("aria-describedby", this.chosen.id);
    this.status.textContent = nameOf(suggested);
    // Who holds the input may do at once what its form would do: the tree opens the unit.
    this.input.dispatchEvent(new Event("chosen", { bubbles: true }));
  }

  private close(): void {
    clearTimeout(this.pause);
    this.asking?.abort();
    this.list.hidden = true;
    this.input.ariaExpanded = "false";
    this.activate(-1);
  }
}

function nameOf(suggested: Suggested): string {
  return joined(titleOf(suggested, language()), besideOf(suggested, language()));
}

function language(): string {
  return document.documentElement.lang;
}

function badgesOf(suggested: Suggested): string[] {
  const state = suggested.state === "valid" ? [] : [suggested.state];
  return suggested.is_stub ? [...state, "stub"] : state;
}

function badge(key: string, text: string): HTMLElement {
  const shown = document.createElement("span");
  shown.className = `badge ${key}`;
  shown.textContent = text;
  return shown;
}

function written(run: Run): HTMLElement | string {
  if (!run.isMatch) return run.text;
  const mark = document.createElement("mark");
  mark.textContent = run.text;
  return mark;
}

function icon(name: string): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", `icon ${name}`);
  svg.setAttribute("viewBox", "0 0 40 40");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", rooted(`/static/kinds.svg#${name}`));
  svg.append(use);
  return svg;
}
