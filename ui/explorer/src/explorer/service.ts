/** What is asked of the service. */

import type { State } from "./address";
import type { Count, Explored, Thing } from "./contract";
import { rooted } from "../root";

/** The service refused, in words for the reader. */
export class Refused extends Error {}

interface Problem {
  title?: string;
  detail?: string | null;
  problems?: { detail: string; hint: string }[];
}

async function asked<Answer>(path: string, parts: [string, string][], signal?: AbortSignal): Promise<Answer> {
  const answer = await fetch(`${rooted(path)}?${new URLSearchParams(parts)}`, {
    headers: { accept: "application/json" },
    signal: signal ?? null,
  });
  if (answer.ok) return (await answer.json()) as Answer;
  const problem = (await answer.json().catch(() => ({}))) as Problem;
  const said = (problem.problems ?? []).map(({ detail, hint }) => `${detail} ${hint}`);
  throw new Refused(said.join("\n") || (problem.detail ?? problem.title ?? String(answer.status)));
}

/** The records of the acts from `since` on. Hiding is ours: it must not change where the rest lies. */
export function explored(state: State, since: number, language: string, signal: AbortSignal): Promise<Explored> {
  const parts = state.acts.map((act): [string, string] => ["act", act]);
  if (state.at !== null) parts.push(["at", state.at]);
  parts.push(["ever", String(state.ever)], ["since", String(since)], ["lang", language]);
  return asked("/api/explore", parts, signal);
}

/** Records by the beginning of their name or number. */
export async function suggested(
  text: string,
  at: string | null,
  language: string,
  signal: AbortSignal,
): Promise<Thing[]> {
  const parts: [string, string][] = [
    ["q", text],
    ["lang", language],
  ];
  if (at !== null) parts.push(["at", at]);
  return (await asked<{ suggestions: Thing[] }>("/api/suggest", parts, signal)).suggestions;
}

/** A page of what a meaning of a record leads to, by title. */
export interface Neighbours {
  things: Thing[];
  next: string | null;
}

/** The records a hub stands for, a page at a time. */
export async function neighbours(
  owner: Thing,
  count: Count,
  state: Pick<State, "at" | "ever">,
  cursor: string | null,
  language: string,
): Promise<Neighbours> {
  const parts: [string, string][] = [
    ["direction", count.direction], ["type", count.type], ["kind", count.kind], ["limit", "50"], ["lang", language],
  ]; // prettier-ignore
  if (state.at !== null) parts.push(["at", state.at]);
  if (state.ever) parts.push(["ever", "true"]);
  if (cursor !== null) parts.push(["cursor", cursor]);
  interface Page {
    edges: { other: Thing }[];
    next_cursor: string | null;
  }
  const page = await asked<Page>(`/api/records/${owner.kind}/${owner.id}/edges`, parts);
  return { things: page.edges.map((edge) => edge.other), next: page.next_cursor };
}
