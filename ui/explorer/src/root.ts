/** Where the service stands on its host: at the root, or under the path that the server says on each page. */

/** An address of the service, which begins with a slash, as the browser has to ask for it. */
export function rooted(address: string): string {
  return `${document.documentElement.dataset.root ?? ""}${address}`;
}
