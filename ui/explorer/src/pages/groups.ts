/** Reads the edges of a group on without leaving the page: what the link leads to is put under what is there. */

import { wordsOf } from "./words";

/** Turns the link to a group's next page into one that adds those edges here, and says how many came. */
export function enhance(element: HTMLElement): void {
  const say = wordsOf(element);
  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  element.append(status);
  element.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[rel=next]") : null;
    // With a key held down a link means another tab.
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    status.textContent = say("loading");
    void readOn(link).then(
      (count) => (status.textContent = say("loaded", { count })),
      () => {
        status.textContent = say("load_failed");
        status.className = "notice";
      },
    );
  });
}

async function readOn(link: HTMLAnchorElement): Promise<number> {
  const group = link.closest<HTMLElement>(".group");
  const list = group?.querySelector(".ties");
  if (!group || !list || link.getAttribute("aria-busy") === "true") return 0;
  link.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(link.href, { headers: { Accept: "text/html" } });
    if (!response.ok) throw new Error(String(response.status));
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const more = page.getElementById(group.id);
    const added = [...(more?.querySelectorAll(".ties > li") ?? [])].map((row) => document.importNode(row, true));
    list.append(...added);
    goOn(group, link, more?.querySelector<HTMLAnchorElement>("a[rel=next]") ?? null);
    // The reader goes on where the new ones begin.
    added[0]?.querySelector("a")?.focus({ preventScroll: true });
    return added.length;
  } finally {
    link.removeAttribute("aria-busy");
  }
}

function goOn(group: HTMLElement, link: HTMLAnchorElement, next: HTMLAnchorElement | null): void {
  if (next === null) link.remove();
  else link.href = next.href;
  group.querySelector(".shown-of")?.remove();
}
