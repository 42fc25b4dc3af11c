/** A picture that is moved, enlarged, searched and walked on; without it the picture is scrolled. */

import { wordsOf } from "./words";
import { drawingIn, rectOf, type Drawing, type Drawn } from "./viewer/drawing";
import { moving, type Moving } from "./viewer/moving";
import { panel, type Panel } from "./viewer/panel";
import { stickyTitles } from "./viewer/titles";
import { toolbar } from "./viewer/toolbar";
import type { Direction } from "./viewer/web";

const WALKS: Record<string, Direction> = {
  ArrowLeft: "in",
  ArrowRight: "out",
  ArrowUp: "before",
  ArrowDown: "after",
};
const PANS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Puts the bar, the panel and the movements around the picture of a section. */
export function enhance(section: HTMLElement): void {
  const frame = section.querySelector<HTMLElement>(".picture");
  const drawing = frame && drawingIn(frame);
  if (!frame || !drawing) return;
  new Viewer(section, frame, drawing);
}

class Viewer {
  private readonly moving: Moving;
  private readonly panel: Panel;
  private readonly byElement: Map<Element, Drawn>;
  private chosen: Drawn | null = null;
  private left: Drawn | null = null;

  constructor(
    section: HTMLElement,
    private readonly frame: HTMLElement,
    private readonly drawing: Drawing,
  ) {
    const say = wordsOf(section);
    const { items } = drawing.web;
    this.byElement = new Map(items.map((item) => [item.element, item]));
    const start = items.find((item) => item.element.classList.contains("start"));
    const place = start ? rectOf(drawing, start.element) : null;
    this.moving = moving(frame, drawing, place, stickyTitles(drawing));
    this.panel = panel(
      say,
      drawing,
      (item) => this.choose(item),
      () => this.close(),
    );
    const bar = toolbar(say, section, this.moving, drawing, (all, current) => this.mark(all, current));
    const stage = document.createElement("div");
    stage.className = "viewer-stage";
    frame.before(bar, stage);
    stage.append(frame, this.panel.element);
    frame.setAttribute("aria-description", say("keys"));
    // One stop for Tab in the whole picture: the arrow keys lead on from it.
    for (const stop of drawing.svg.querySelectorAll("a, [tabindex]")) stop.setAttribute("tabindex", "-1");
    (start ?? items.find((item) => item.kind === "box"))?.element.setAttribute("tabindex", "0");
    this.listen();
  }

  private listen(): void {
    const { frame } = this;
    frame.addEventListener("click", (event) => this.click(event));
    frame.addEventListener("keydown", (event) => this.key(event));
    frame.addEventListener("pointerover", (event) => this.light(this.itemAt(event.target)));
    frame.addEventListener("pointerleave", () => this.light(this.chosen));
    frame.addEventListener("focusin", (event) => this.focused(this.itemAt(event.target)));
    // A focused element is brought into sight by moving the picture, never by scrolling the frame.
    frame.addEventListener("scroll", () => frame.scrollTo(0, 0));
  }

  private itemAt(target: EventTarget | null): Drawn | null {
    const element = target instanceof Element ? target.closest(".node, .arrow") : null;
    return (element && this.byElement.get(element)) ?? null;
  }

  private click(event: MouseEvent): void {
    const item = this.itemAt(event.target);
    if (item === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.choose(item);
  }

  private key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const item = this.itemAt(event.target);
    if (!this.move(event.key, item)) return;
    event.preventDefault();
  }

  /** Does what a key asks for; false when it asks for nothing. */
  private move(key: string, item: Drawn | null): boolean {
    const pan = PANS[key];
    const walk = WALKS[key];
    if (key === "+" || key === "=") this.moving.zoomIn();
    else if (key === "-") this.moving.zoomOut();
    else if (key === "0") this.moving.fit();
    else if (key === "Escape") this.close();
    else if (item !== null && walk) this.walk(item, walk);
    else if (item !== null && (key === "Enter" || key === " ")) this.choose(item);
    else if (item === null && pan) this.moving.pan(...pan);
    else return false;
    return true;
  }

  private walk(item: Drawn, direction: Direction): void {
    const next = this.drawing.web.next(item, direction, this.left);
    if (next === undefined) return;
    if (item.kind === "box") this.left = item;
    next.element.focus({ preventScroll: true });
  }

  private focused(item: Drawn | null): void {
    if (item === null) return this.light(this.chosen);
    for (const other of this.drawing.web.items) other.element.setAttribute("tabindex", other === item ? "0" : "-1");
    this.light(item);
    if (item.element.matches(":focus-visible")) this.moving.show(rectOf(this.drawing, item.element));
  }

  private choose(item: Drawn): void {
    this.chosen = item;
    for (const other of this.drawing.web.items) other.element.classList.toggle("is-chosen", other === item);
    this.panel.show(item);
    this.light(item);
    this.moving.show(rectOf(this.drawing, item.element));
    this.panel.element.focus({ preventScroll: true });
  }

  private close(): void {
    const before = this.chosen;
    this.panel.hide();
    this.chosen = null;
    before?.element.classList.remove("is-chosen");
    this.light(null);
    if (before) before.element.focus({ preventScroll: true });
    else this.frame.focus({ preventScroll: true });
  }

  /** Shows what an item is tied to and lets the rest step back. */
  private light(item: Drawn | null): void {
    const lit = item ? this.drawing.web.around(item) : null;
    this.drawing.svg.classList.toggle("has-lit", lit !== null);
    for (const other of this.drawing.web.items) other.element.classList.toggle("is-lit", lit?.has(other) ?? false);
  }

  private mark(all: Drawn[], current: Drawn | undefined): void {
    const found = new Set(all);
    for (const item of this.drawing.web.items) {
      item.element.classList.toggle("is-found", found.has(item));
      item.element.classList.toggle("is-current", item === current);
    }
    if (current === undefined) return;
    this.moving.show(rectOf(this.drawing, current.element));
    this.frame.scrollIntoView({ block: "nearest" });
  }
}
