/** Elements made from what they are, never from text that is read as HTML. */

type Child = Node | string | null;
type Attributes = Record<string, string | number | boolean | null>;

/** An element with attributes and children; true is an attribute without a value, false and null are none. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A button that does something. */
export function button(content: Child, click: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = make("button", { type: "button", ...attributes }, content);
  made.addEventListener("click", click);
  return made;
}

/** A box to tick, inside its label. */
export function tick(text: string, isOn: boolean, change: (isOn: boolean) => void, before: Node | null = null) {
  const box = make("input", { type: "checkbox", "data-keep": `tick.${text}` });
  box.checked = isOn;
  box.addEventListener("change", () => change(box.checked));
  return make("label", { class: "ex-tick" }, box, before, make("span", {}, text));
}

/** A button that opens a box under itself; it closes when the focus or a click goes elsewhere, and on Escape. */
export function menu(text: string, name: string, content: HTMLElement): HTMLDetailsElement {
  const summary = make("summary", { class: "ex-button" }, text);
  const box = make(
    "details",
    { class: `ex-menu ex-menu-${name}` },
    summary,
    make("div", { class: "ex-drop" }, content),
  );
  document.addEventListener("click", (event) => {
    if (event.target instanceof Node && event.target.isConnected && !box.contains(event.target)) box.open = false;
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    event.stopPropagation();
    box.open = false;
    summary.focus();
  });
  return box;
}

/** Puts new children in; what had the focus has it again where something of the same `data-keep` is there. */
export function refill(element: HTMLElement, ...children: Child[]): void {
  const focused = document.activeElement;
  const kept = focused instanceof HTMLElement && element.contains(focused) ? focused.dataset.keep : undefined;
  element.replaceChildren(...children.filter((child) => child !== null));
  if (kept === undefined) return;
  element.querySelector<HTMLElement>(`[data-keep="${CSS.escape(kept)}"]`)?.focus({ preventScroll: true });
}
