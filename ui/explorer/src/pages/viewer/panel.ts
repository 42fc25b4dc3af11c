/** What is said of the box or arrow that was chosen, beside the picture. */

import type { Drawing, Drawn } from "./drawing";
import { button } from "./toolbar";

type Say = (key: string, values?: Record<string, string | number>) => string;

export interface Panel {
  element: HTMLElement;
  show(item: Drawn): void;
  hide(): void;
}

/** Builds the panel; `go` looks at another item, `closed` is called when the reader closes it. */
export function panel(say: Say, drawing: Drawing, go: (item: Drawn) => void, closed: () => void): Panel {
  const aside = document.createElement("aside");
  aside.className = "viewer-panel";
  aside.setAttribute("aria-label", say("details"));
  aside.tabIndex = -1;
  aside.hidden = true;
  aside.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closed();
  });

  function show(item: Drawn): void {
    const close = button("×", say("close"), closed);
    close.className = "close";
    const parts = item.kind === "arrow" ? ofArrow(say, drawing, item, go) : ofBox(say, drawing, item, go);
    aside.replaceChildren(close, ...parts);
    aside.hidden = false;
    aside.scrollTop = 0;
  }

  return { element: aside, show, hide: () => void (aside.hidden = true) };
}

function ofBox(say: Say, drawing: Drawing, box: Drawn, go: (item: Drawn) => void): HTMLElement[] {
  const [title, about] = told(box.title);
  const parts = [heading(title), paragraph(about)];
  if (box.href !== null) parts.push(link(say("open"), box.href));
  for (const side of ["in", "out"] as const) {
    const arrows = drawing.web.arrows(box, side);
    if (arrows.length > 0) parts.push(subheading(say(`arrows_${side}`, { count: arrows.length })), list(arrows, go));
  }
  return parts;
}

function ofArrow(say: Say, drawing: Drawing, arrow: Drawn, go: (item: Drawn) => void): HTMLElement[] {
  const [title, about] = told(arrow.title);
  const block = blockOf(arrow);
  const parts = [heading(title), ...(block.length > 0 ? block : [paragraph(about)])];
  if (arrow.href !== null && block.length === 0) parts.push(link(say("open"), arrow.href));
  return [...parts, subheading(say("ends")), list(drawing.web.ends(arrow), go)];
}

/** The rows of the table that say the same as the arrow, told one below the other. */
function blockOf(arrow: Drawn): HTMLElement[] {
  const id = arrow.href?.split("#")[1];
  const group = id ? document.getElementById(decodeURIComponent(id)) : null;
  const table = group?.closest("table");
  if (!group || !table) return [];
  const columns = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent ?? "");
  const summary = group.querySelector(".summary");
  const parts: HTMLElement[] = summary ? [paragraph(summary.textContent ?? "")] : [];
  for (const row of group.querySelectorAll("tr")) {
    const cells = [...row.children].filter((cell) => cell.localName === "td");
    if (cells.length === 0) continue;
    const facts = document.createElement("dl");
    cells.forEach((cell, number) => {
      if (cell.textContent?.trim() === "") return;
      const term = document.createElement("dt");
      term.textContent = columns[number] ?? "";
      const said = document.createElement("dd");
      said.append(...[...cell.childNodes].map((node) => node.cloneNode(true)));
      facts.append(term, said);
    });
    parts.push(facts);
  }
  return parts;
}

function told(title: string): [string, string] {
  const at = title.indexOf(": ");
  return at < 0 ? [title, ""] : [title.slice(0, at), title.slice(at + 2)];
}

function heading(text: string): HTMLElement {
  const made = document.createElement("h3");
  made.textContent = text;
  return made;
}

function subheading(text: string): HTMLElement {
  const made = document.createElement("h4");
  made.textContent = text;
  return made;
}

function paragraph(text: string): HTMLElement {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}

function link(text: string, href: string): HTMLElement {
  const made = document.createElement("a");
  made.textContent = text;
  made.href = href;
  const holder = document.createElement("p");
  holder.append(made);
  return holder;
}

function list(items: readonly Drawn[], go: (item: Drawn) => void): HTMLElement {
  const made = document.createElement("ul");
  for (const item of items) {
    const entry = document.createElement("li");
    const title = item.kind === "box" ? told(item.title)[0] : item.title;
    entry.append(button(title, title, () => go(item)));
    made.append(entry);
  }
  return made;
}
