/** The last queries, kept in this browser alone. */

import type { Answer } from "./answer";
import type { Speech } from "./speech";

const KEY = "kaysis.queries";
const MOST = 20;

export interface Asked {
  query: string;
  at: string;
  rows: number;
  /** What was asked before kinds were kept has none: its rows are counted. */
  kind?: Answer["kind"];
  isYes?: boolean;
}

/** The last queries, the newest first; none where the browser keeps nothing. */
export function history(): Asked[] {
  try {
    const held: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(held) ? (held as Asked[]).filter(({ query }) => typeof query === "string") : [];
  } catch {
    return [];
  }
}

/** Keeps a query as the newest, each once. */
export function remember(asked: Asked): void {
  const others = history().filter(({ query }) => query !== asked.query);
  try {
    localStorage.setItem(KEY, JSON.stringify([asked, ...others].slice(0, MOST)));
  } catch {
    // The store may be full or forbidden: the query was answered all the same.
  }
}

/** Forgets them all. */
export function forget(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Where nothing may be kept there is nothing to forget.
  }
}

/** What a query gave, in few words: how many rows or triples, or yes or no. */
export function gave({ rows, kind, isYes }: Asked, speech: Pick<Speech, "say" | "number">): string {
  if (kind === "boolean") return speech.say(isYes ? "asked_yes" : "asked_no");
  return speech.say(kind ?? "rows", { count: speech.number(rows) });
}

/** What tells a query from others in a list: its first line that is no prefix. */
export function gist(query: string): string {
  const lines = query.split("\n").map((line) => line.trim());
  const title = lines.find((line) => line.startsWith("# ") && line.length > 2);
  const first = lines.find((line) => line !== "" && !line.startsWith("#") && !/^(PREFIX|BASE)\b/i.test(line));
  return (title?.slice(2) ?? first ?? "").slice(0, 80);
}
