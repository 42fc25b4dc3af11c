/** Keeps what is known in step with the acts: asks only for what an act added, cuts back what was undone. */

import type { State } from "./address";
import type { Explored } from "./contract";
import type { Layout } from "./layout";
import { cutBack, merged, NOTHING, type Model } from "./model";
import type { Places } from "./placing";
import { explored } from "./service";

export interface Known {
  model: Model;
  places: Places;
}

/** How much of what is known still holds for a state: the number of acts both begin with. */
export function heldActs(model: Model, before: Pick<State, "at" | "ever">, state: State): number {
  if (model === NOTHING || before.at !== state.at || before.ever !== state.ever) return 0;
  const differs = state.acts.findIndex((act, place) => model.acts[place]?.act !== act);
  return differs === -1 ? state.acts.length : differs;
}

/** Gives what is known for a state; a newer question gives the older up. */
export function loading(layout: Layout, language: string): (state: State) => Promise<Known | null> {
  let model = NOTHING;
  let before: Pick<State, "at" | "ever"> = { at: null, ever: false };
  let asking = new AbortController();
  return async (state) => {
    asking.abort();
    const mine = new AbortController();
    asking = mine;
    const held = heldActs(model, before, state);
    let next = held === 0 ? NOTHING : cutBack(model, held);
    if (state.acts.length > held) {
      let answer: Explored;
      try {
        answer = await explored(state, held, language, mine.signal);
      } catch (error) {
        if (mine.signal.aborted) return null;
        throw error;
      }
      next = merged(next, answer);
    }
    const places = await layout.places(taskOf(next, state));
    if (mine.signal.aborted) return null;
    [model, before] = [next, state];
    return { model, places };
  };
}

/** What there is to place. Hidden and folded records keep their places, so that hiding moves nothing. */
export function taskOf(model: Model, state: Pick<State, "pins">): Parameters<Layout["places"]>[0] {
  const records = [...model.records.values()].map(({ thing, act, parent, x, y }) => ({
    id: thing.id,
    act,
    parent,
    x,
    y,
  }));
  const hubs = [...model.hubs.values()].map(({ id, act, parent, x, y }) => ({ id, act, parent, x, y }));
  const links = [...model.edges.values()].map((edge): [string, string] => [edge.source, edge.target]);
  return { bodies: [...records, ...hubs], links, pins: state.pins };
}
