/** What the pieces around the picture share: what is shown now, and what can be done about it. */

import type { State } from "./address";
import type { Count, Thing, Vocabulary } from "./contract";
import type { Model } from "./model";
import type { Past } from "./past";
import type { Scene, SceneNode } from "./scene";

/** Everything a piece needs to show itself. */
export interface Shown {
  state: State;
  model: Model;
  scene: Scene;
  /** The day the picture is of, which moves with the slider before the state does. */
  day: string;
  past: Past;
  isBusy: boolean;
}

/** What can be done; each leads to a new state. */
export interface Deeds {
  /** A new state, as a step that can be undone. */
  step(state: State, told?: string): void;
  /** A whole other state, as a step, seen as it was kept or from where all of it can be seen. */
  open(state: State, told?: string): void;
  /** A new state that is no step of its own, such as a selection. */
  slip(state: State): void;
  undo(): void;
  redo(): void;
  choose(key: string, adds: boolean): void;
  /** Opens what the node stands for: its edges, its list, its records. */
  enter(key: string): void;
  peek(day: string): void;
  reveal(key: string): void;
  tell(text: string): void;
}

export type Say = (key: string, values?: Record<string, string | number>) => string;

/** Names in the language of the reader. */
export interface Speech {
  say: Say;
  language: string;
  words: Vocabulary;
  number(value: number): string;
  day(value: string): string;
  /** The title, with whose the record is where others share it. */
  title(thing: Thing): string;
  beside(thing: Thing): string;
  kind(slug: string): string;
  plural(slug: string): string;
  edge(type: string): string;
  /** What an edge means seen from a record of that kind. */
  meaning(kind: string, count: Pick<Count, "direction" | "type" | "kind">): string;
  hub(count: Count): string;
  /** The name of a node with its kind and how it stands, for those who hear it. */
  spoken(node: SceneNode): string;
}

/** A part of the screen that follows what is shown. */
export interface Piece {
  element: HTMLElement;
  show(shown: Shown): void;
}
