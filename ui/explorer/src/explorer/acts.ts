/** Acts: what was done to come to a picture, one after the other, as the address spells it. */

import type { Count } from "./contract";

/** How many neighbours one page brings. */
export const PAGE = 50;
/** Above this many, neighbours come as one node unless pages of them are asked for. */
export const HUB = 200;

/** The beginning that all openings of one meaning share; also the name of its hub. */
export function meaningOf(id: string, count: Pick<Count, "direction" | "type" | "kind">): string {
  return `${id}~${count.direction}~${count.type}~${count.kind}`;
}

/** How many pages of a meaning the acts show; null when it is not opened, 0 when it stands as one node. */
export function pagesShown(acts: readonly string[], meaning: string): number | null {
  const pages = acts.filter((act) => act.startsWith(`${meaning}~`)).map((act) => Number(act.slice(meaning.length + 1)));
  return pages.length === 0 ? null : Math.max(...pages);
}

/** The act that shows the next page of a meaning. */
export function nextPage(acts: readonly string[], meaning: string): string {
  return `${meaning}~${(pagesShown(acts, meaning) ?? 0) + 1}`;
}

/** The act that opens a meaning as a click does: its first page, or one node where there are too many to look at. */
export function opening(id: string, count: Count): string {
  return `${meaningOf(id, count)}~${count.total > HUB ? 0 : 1}`;
}

/** The act that shows all of a meaning. */
export function wholeOf(id: string, count: Count): string {
  return `${meaningOf(id, count)}~${Math.max(1, Math.ceil(count.total / PAGE))}`;
}

/** The act that shows the way between two records. */
export function pathBetween(from: string, to: string): string {
  return `path~${from}~${to}`;
}
