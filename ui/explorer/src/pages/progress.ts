/** A slim bar over the page while the next one takes its time. */

import { rooted } from "../root";
import { wordsOf } from "./words";

// Shorter waits are not felt as waits; a bar would flicker.
const NOT_SHOWN_FOR = 300;

/** Shows the bar after a link or form of the page was followed, until the next page is there. */
export function enhance(body: HTMLElement): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let bar: HTMLElement | undefined;
  const begin = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      bar ??= made();
      body.append(bar);
    }, NOT_SHOWN_FOR);
  };
  const end = (): void => {
    clearTimeout(waiting);
    bar?.remove();
  };
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (link !== null && isPlain && !event.defaultPrevented && leadsToPage(link, location, rooted("/api/"))) begin();
  });
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) begin();
  });
  // A page that comes back out of the browser's memory still has its bar.
  addEventListener("pageshow", end);
}

/**
 * Whether following the link loads another page in this tab: a file, whose address begins with `api`, and a place on
 * this page do not.
 */
export function leadsToPage(
  link: { href: string; target: string; download: string },
  here: { href: string; origin: string },
  api: string,
): boolean {
  if (link.href === "" || link.download !== "" || !["", "_self"].includes(link.target)) return false;
  const to = new URL(link.href, here.href);
  if (to.origin !== here.origin || to.pathname.startsWith(api)) return false;
  return to.hash === "" || to.href.split("#")[0] !== here.href.split("#")[0];
}

function made(): HTMLElement {
  const header = document.querySelector<HTMLElement>("header.top");
  const bar = document.createElement("div");
  bar.className = "progress";
  bar.role = "status";
  if (header !== null) bar.ariaLabel = wordsOf(header)("loading");
  return bar;
}
