/** The address of the page and the history of the browser, kept in step with the state. */

import { queryOf, stateOf, type State } from "./address";
import { stepped, wentTo, type Past } from "./past";
import { rooted } from "../root";

/** How far this tab has been, which the browser does not tell. */
const LAST = "kaysis.explorer.last";
/** Parameters that are not ours and stay. */
const KEPT = ["lang", "theme"];

export interface Route {
  past(): Past;
  /** The state that the address tells now. */
  state(): State;
  push(state: State): void;
  replace(state: State): void;
  back(): void;
  forward(): void;
  /** The whole address of a state, under another path of ours. */
  address(path: string, state: State): string;
}

/** Follows the history; `went` is called when the browser goes to another step. */
export function route(went: (state: State) => void): Route {
  let past: Past = { step: stepIn(history.state), last: Number(sessionStorage.getItem(LAST) ?? 0) };
  past = wentTo(past, past.step);
  const kept = new URLSearchParams(location.search);
  const tail = KEPT.flatMap((name) => (kept.has(name) ? [`${name}=${encodeURIComponent(kept.get(name) ?? "")}`] : []));
  const search = (state: State): string => [queryOf(state), ...tail].filter((part) => part !== "").join("&");
  const url = (state: State): string => `${location.pathname}?${search(state)}`;
  const remember = (next: Past): void => {
    past = next;
    sessionStorage.setItem(LAST, String(past.last));
  };
  window.addEventListener("popstate", (event) => {
    remember(wentTo(past, stepIn(event.state)));
    went(stateOf(location.search));
  });
  return {
    past: () => past,
    state: () => stateOf(location.search),
    push(state) {
      remember(stepped(past));
      history.pushState({ step: past.step }, "", url(state));
    },
    replace: (state) => history.replaceState({ step: past.step }, "", url(state)),
    back: () => history.back(),
    forward: () => history.forward(),
    address: (path, state) => `${location.origin}${rooted(path)}?${queryOf(state)}`,
  };
}

function stepIn(held: unknown): number {
  return typeof held === "object" && held !== null && "step" in held ? Number(held.step) : 0;
}
