/** Views kept under a name in this browser. */

export interface NamedView {
  name: string;
  query: string;
}

const SHELF = "kaysis.explorer.views";

/** The views in the order they were kept; none where the browser keeps nothing. */
export function views(shelf: Pick<Storage, "getItem">): NamedView[] {
  try {
    const held: unknown = JSON.parse(shelf.getItem(SHELF) ?? "[]");
    return Array.isArray(held) ? held.filter(isView) : [];
  } catch {
    return [];
  }
}

/** Keeps a view; one of the same name is replaced. */
export function keepView(shelf: Pick<Storage, "getItem" | "setItem">, view: NamedView): void {
  put(shelf, [...views(shelf).filter((held) => held.name !== view.name), view]);
}

/** Gives a view another name. */
export function renameView(shelf: Pick<Storage, "getItem" | "setItem">, from: string, to: string): void {
  put(shelf, views(shelf).filter((held) => held.name !== to || to === from).map((held) => (held.name === from ? { ...held, name: to } : held))); // prettier-ignore
}

/** Forgets a view. */
export function dropView(shelf: Pick<Storage, "getItem" | "setItem">, name: string): void {
  put(shelf, views(shelf).filter((held) => held.name !== name)); // prettier-ignore
}

function put(shelf: Pick<Storage, "setItem">, held: NamedView[]): void {
  shelf.setItem(SHELF, JSON.stringify(held));
}

function isView(value: unknown): value is NamedView {
  return typeof value === "object" && value !== null && "name" in value && "query" in value;
}
