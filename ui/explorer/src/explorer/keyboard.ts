/** The picture by keyboard: walking along edges, and a key for what is done often. */

import type { Drawing } from "./drawing";
import { hiding, toggled } from "./changes";
import type { SceneNode } from "./scene";
import type { Deeds, Shown, Speech } from "./stage";
import { turned, waysFrom, type Way } from "./walking";

interface Room {
  shown(): Shown;
  drawing: Drawing | null;
  panelFocus(): void;
  findFocus(): void;
  help(): void;
  timeStep(forward: boolean): void;
}

/** The keys and what they do, for the help. */
export const KEYS: readonly (readonly [string, string])[] = [
  ["← →", "key_turn"],
  ["↑", "key_along"],
  ["↓", "key_back"],
  ["Enter", "key_enter"],
  ["Space", "key_select"],
  ["N / P", "key_node"],
  ["E", "key_expand"],
  ["H", "key_hide"],
  ["/", "key_find"],
  ["+ − 0", "key_zoom"],
  ["Shift + ← → ↑ ↓", "key_pan"],
  [", .", "key_time"],
  ["Ctrl + Z", "key_undo"],
  ["Ctrl + Shift + Z", "key_redo"],
  ["Esc", "key_clear"],
  ["?", "key_help"],
];

/** Keys on the canvas; undo, redo and help work everywhere but in a field. */
export function keyboard(canvas: HTMLElement, everywhere: HTMLElement, speech: Speech, deeds: Deeds, room: Room): void {
  const walk = walker(speech, deeds, room);
  // What had the focus may be gone after a change: then the keys reach the body.
  document.addEventListener("keydown", (event) => {
    if (event.target !== document.body && !(event.target instanceof Node && everywhere.contains(event.target))) return;
    const isField =
      event.target instanceof HTMLElement &&
      event.target.matches("input:not([type=checkbox]):not([type=range]), select, textarea");
    if (isField) return;
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && (key === "z" || key === "y")) {
      event.preventDefault();
      return key === "y" || event.shiftKey ? deeds.redo() : deeds.undo();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const acts: Record<string, () => void> = {
      "?": room.help,
      "/": room.findFocus,
      ",": () => room.timeStep(false),
      ".": () => room.timeStep(true),
    };
    const act = acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act =
      event.shiftKey && event.key.startsWith("Arrow")
        ? panning(event.key, room)
        : walk[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  canvas.addEventListener("blur", () => room.drawing?.hover(null));
}

function panning(key: string, { drawing }: Room): () => void {
  const step = 0.12;
  const steps: Record<string, [number, number]> = {
    ArrowLeft: [-step, 0],
    ArrowRight: [step, 0],
    ArrowUp: [0, step],
    ArrowDown: [0, -step],
  };
  const [dx, dy] = steps[key] ?? [0, 0];
  return () => drawing?.pan(dx, dy);
}

function walker(speech: Speech, deeds: Deeds, room: Room): Record<string, () => void> {
  const { say, number } = speech;
  let place = -1;
  let at: string | null = null;
  const trail: string[] = [];

  const here = (): SceneNode | null => {
    const { scene, state } = room.shown();
    const key = state.selected.at(-1);
    return (key === undefined ? undefined : scene.nodes.get(key)) ?? null;
  };
  const goTo = (key: string): void => {
    place = -1;
    at = key;
    deeds.choose(key, false);
    deeds.reveal(key);
    const node = here();
    if (node === null) return;
    deeds.tell(
      say("told_node", { name: speech.spoken(node), count: number(waysFrom(room.shown().scene, key).length) }),
    );
  };
  const wayHere = (): Way | undefined => (at === null ? undefined : waysFrom(room.shown().scene, at)[place]);
  const turn = (by: number) => () => {
    const node = here() ?? [...room.shown().scene.nodes.values()][0];
    if (node === undefined) return;
    if (node.key !== at || here() === null) {
      if (here() === null) return goTo(node.key);
      [at, place] = [node.key, -1];
    }
    const ways = waysFrom(room.shown().scene, node.key);
    if (ways.length === 0) return deeds.tell(say("told_alone", { name: speech.spoken(node) }));
    place = place === -1 ? (by > 0 ? 0 : ways.length - 1) : turned(place, by, ways.length);
    const way = ways[place];
    if (way === undefined) return;
    room.drawing?.hover(way.other.key);
    const arrow = way.isOutward ? "→" : "←";
    const told = { name: speech.spoken(node), place: number(place + 1), count: number(ways.length) };
    deeds.tell(
      say("told_way", {
        ...told,
        edge: `${arrow} ${speech.edge(way.edge.type)} ${arrow}`,
        other: speech.spoken(way.other),
      }),
    );
  };
  const along = (): void => {
    const way = wayHere();
    if (way === undefined) return turn(1)();
    if (at !== null) trail.push(at);
    room.drawing?.hover(null);
    goTo(way.other.key);
  };
  const back = (): void => {
    const before = trail.pop();
    if (before !== undefined && room.shown().scene.nodes.has(before)) goTo(before);
  };
  const neighbour = (by: number) => () => {
    const keys = [...room.shown().scene.nodes.keys()];
    const node = here();
    const next = keys[turned(node === null ? (by > 0 ? -1 : 0) : keys.indexOf(node.key), by, keys.length)];
    if (next !== undefined) goTo(next);
  };
  const onNode = (act: (node: SceneNode, shown: Shown) => void) => () => {
    const node = here();
    if (node !== null) act(node, room.shown());
  };
  return {
    ArrowRight: turn(1),
    ArrowLeft: turn(-1),
    ArrowUp: along,
    ArrowDown: back,
    n: neighbour(1),
    p: neighbour(-1),
    Enter: () => room.panelFocus(),
    " ": () => {
      const way = wayHere();
      const { state } = room.shown();
      if (way !== undefined)
        deeds.slip({
          ...state,
          selected: toggled([...state.selected], way.other.key).sort(
            (one, other) => Number(one === at) - Number(other === at),
          ),
        });
    },
    e: onNode((node) => deeds.enter(node.key)),
    h: onNode((node, { state }) => deeds.step(hiding(state, [node.key]), say("told_hidden", { count: 1 }))),
    Delete: onNode((node, { state }) => deeds.step(hiding(state, [node.key]), say("told_hidden", { count: 1 }))),
    "+": () => room.drawing?.zoom(1 / 1.4),
    "-": () => room.drawing?.zoom(1.4),
    "0": () => room.drawing?.look(null),
    Escape: () => {
      room.drawing?.hover(null);
      deeds.slip({ ...room.shown().state, selected: [] });
    },
  };
}
