/** The keys that work on every page: `/` goes to the search. */

/** Listens for the keys of the page. */
export function enhance(body: HTMLElement): void {
  body.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    const search = document.querySelector<HTMLInputElement>("input[type=search][name=q]");
    if (search === null) return;
    event.preventDefault();
    search.focus({ preventScroll: search.closest("header") !== null });
    search.select();
  });
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
