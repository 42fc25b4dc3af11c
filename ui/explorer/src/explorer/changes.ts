/** What people do, each as a new state from an old one. */

import type { Pin, State } from "./address";

/** Does one more act; what was folded by the same act opens again. */
export function doing(state: State, ...acts: string[]): State {
  const fresh = acts.filter((act) => !state.acts.includes(act));
  const reopened = state.folded.filter((place) => !acts.includes(state.acts[place] ?? ""));
  return { ...state, acts: [...state.acts, ...fresh], folded: reopened };
}

/** Folds acts away. An act at the end is taken back; one before others stays in its place, so that nothing moves. */
export function folding(state: State, folds: (act: string) => boolean): State {
  const folded = new Set(state.folded);
  state.acts.forEach((act, place) => {
    if (folds(act)) folded.add(place);
  });
  let end = state.acts.length;
  while (end > 0 && folded.has(end - 1)) end -= 1;
  return {
    ...state,
    acts: state.acts.slice(0, end),
    folded: [...folded].filter((place) => place < end).sort((one, other) => one - other),
    pins: state.pins.filter((pin) => pin.after <= end),
  };
}

/** Hides records; what is hidden is no longer selected. */
export function hiding(state: State, ids: readonly string[]): State {
  return {
    ...state,
    hidden: [...new Set([...state.hidden, ...ids])],
    selected: state.selected.filter((id) => !ids.includes(id)),
  };
}

/** Puts records where they were dragged. A second drag before the next act replaces the first. */
export function pinning(state: State, places: readonly Omit<Pin, "after">[]): State {
  const after = state.acts.length;
  const kept = state.pins.filter((pin) => pin.after !== after || !places.some((place) => place.id === pin.id));
  const rounded = places.map(({ id, x, y }) => ({ id, x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10, after }));
  return { ...state, pins: [...kept, ...rounded] };
}

/** Lets go of pins: the records go back to where the acts put them. */
export function unpinning(state: State, ids: readonly string[]): State {
  return { ...state, pins: state.pins.filter((pin) => !ids.includes(pin.id)) };
}

/** Adds the value to a list or takes it away. */
export function toggled(list: readonly string[], value: string): string[] {
  return list.includes(value) ? list.filter((held) => held !== value) : [...list, value];
}

/** Turns one box of a filter on or off; a filter with every box on lets all through and is empty. */
export function filtering(shown: readonly string[], all: readonly string[], value: string): string[] {
  const now = toggled(shown.length === 0 ? all : shown, value);
  return all.every((held) => now.includes(held)) ? [] : now;
}
