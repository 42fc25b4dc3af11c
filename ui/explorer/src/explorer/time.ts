/** The days on which something among the shown begins or ends, and what stands on one of them. */

import type { Dated, ShownEdge, ShownRecord, Standing } from "./contract";
import type { Model } from "./model";

export type Moment = "future" | "valid" | "ended";

/** Whether what stands so is no longer there. */
export const isOver = (standing: Standing): boolean => ["ended", "repealed", "not_in_force"].includes(standing);

/** How something dated stands on a day; its last day is the first on which it is no longer. */
export function momentOf(dated: Dated, day: string): Moment {
  if (dated.valid_from !== null && day < dated.valid_from) return "future";
  return dated.valid_to !== null && day >= dated.valid_to ? "ended" : "valid";
}

/** How a record stands on a day: between two spells it has ended, though it comes again. */
export function momentOfRecord(record: ShownRecord, day: string): Moment {
  const moments = [...record.earlier_spells, record].map((spell) => momentOf(spell, day));
  return moments.find((moment) => moment === "valid") ?? moments.find((moment) => moment === "ended") ?? "future";
}

/** How an edge stands on a day: it also waits for the record it leaves, and ends with it. */
export function momentOfEdge(edge: ShownEdge, source: ShownRecord | undefined, day: string): Moment {
  const own = momentOf(edge, day);
  if (own !== "valid" || source === undefined) return own;
  return momentOfRecord(source, day);
}

/** Every day on which something shown begins or ends, in order. */
export function daysOf(model: Model): string[] {
  const days = new Set<string>();
  const earlier = [...model.records.values()].flatMap((record) => record.earlier_spells);
  for (const dated of [...earlier, ...model.records.values(), ...model.edges.values()]) {
    if (dated.valid_from !== null) days.add(dated.valid_from);
    if (dated.valid_to !== null) days.add(dated.valid_to);
  }
  return [...days].sort();
}

/** The day before or after among the days; the day itself where there is no other. */
export function stepFrom(days: readonly string[], day: string, forward: boolean): string {
  const found = forward ? days.find((held) => held > day) : days.findLast((held) => held < day);
  return found ?? day;
}

/** A day as its number since 1970, for a slider. */
export function numberOf(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
}

/** The day of a number since 1970. */
export function dayOf(number: number): string {
  return new Date(number * 86_400_000).toISOString().slice(0, 10);
}
