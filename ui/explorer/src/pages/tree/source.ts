/** Where the tree has its units from: the API, on the day of the page. */

import { type Branch, type BranchPage, idOf, TOP } from "./model";
import { rooted } from "../../root";

const AT_ONCE = 200;

/** What the tree asks; each may fail. */
export interface Source {
  page(key: string, cursor: string | null): Promise<BranchPage>;
  way(id: string, under: string | null): Promise<Branch[]>;
}

/** The source of one page: its day if one was chosen, with units that have ended if they were asked for. */
export function sourceOf(at: string, isEver: boolean): Source {
  async function asked<T>(path: string, parameters: Record<string, string | null>): Promise<T> {
    const said = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...parameters, at })) if (value) said.set(name, value);
    const response = await fetch(`${rooted(path)}?${said.toString()}`, { headers: { accept: "application/json" } });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return (await response.json()) as T;
  }
  return {
    page(key, cursor) {
      const limit = String(AT_ONCE);
      if (key === TOP) return asked("/api/organisations/roots", { cursor, limit });
      return asked(`/api/organisations/${idOf(key)}/children`, { cursor, limit, ever: isEver ? "true" : null });
    },
    async way(id, under) {
      return (await asked<{ rows: Branch[] }>(`/api/organisations/${encodeURIComponent(id)}/path`, { under })).rows;
    },
  };
}
