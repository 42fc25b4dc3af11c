/** What is to be seen: the records, hubs and edges that the state lets through, each with how it is drawn. */

import type { State } from "./address";
import type { Count, ShownEdge, ShownRecord, Standing, Thing } from "./contract";
import type { Model } from "./model";
import type { Places } from "./placing";
import { isOver, momentOfEdge, momentOfRecord } from "./time";

export interface SceneNode {
  /** The identifier of the record, the name of the hub, or `@` and the institution that stands for its records. */
  key: string;
  sort: "record" | "hub" | "institution";
  thing: Thing | null;
  kind: string;
  label: string;
  /** The end of the label that tells the record from others of its title; empty where the title is its own. */
  beside: string;
  standing: Standing;
  isUnverified: boolean;
  /** How many records it stands for; 1 for a record. */
  count: number;
  isPinned: boolean;
  isSelected: boolean;
  x: number;
  y: number;
}

export interface SceneEdge {
  key: string;
  source: string;
  target: string;
  type: string;
  /** How many edges it stands for. */
  count: number;
  /** Why it is drawn in dashes. */
  lack: "ended" | "without_effect" | null;
}

export interface Scene {
  nodes: ReadonlyMap<string, SceneNode>;
  edges: ReadonlyMap<string, SceneEdge>;
  /** What filters, folds and hiding keep out, for the list to say so. */
  keptOut: number;
}

export const NO_SCENE: Scene = { nodes: new Map(), edges: new Map(), keptOut: 0 };

/** How what the model knows is named. */
export interface Naming {
  title(thing: Thing): string;
  beside(thing: Thing): string;
  hub(hub: Count): string;
}

/** The scene of a state on a day. */
export function sceneOf(model: Model, state: State, places: Places, day: string, naming: Naming): Scene {
  const seen = visibleRecords(model, state, day);
  const records = [...seen].map(([id, standing]) => nodeOf(model.records.get(id), standing, state, places, naming));
  const hubs = [...model.hubs.values()]
    .filter((hub) => seen.has(hub.parent) && !state.folded.includes(hub.act) && !state.hidden.includes(hub.id))
    .map((hub) => hubNode(hub, state, places, naming));
  const nodes = new Map([...records, ...hubs].flatMap((node) => (node === null ? [] : [[node.key, node] as const])));
  const edges = visibleEdges(model, state, seen, day);
  for (const hub of hubs) {
    const held = model.hubs.get(hub.key);
    if (held === undefined) continue;
    const [source, target] = held.direction === "out" ? [held.parent, hub.key] : [hub.key, held.parent];
    const edge = { key: `hub:${hub.key}`, source, target, type: held.type, count: held.total, lack: null };
    edges.set(edge.key, edge);
  }
  const keptOut = model.records.size - seen.size;
  const scene = { nodes, edges, keptOut };
  return state.groups ? grouped(scene, model, state, naming) : scene;
}

/** The records to be seen, each with how it stands on the day. */
function visibleRecords(model: Model, state: State, day: string): Map<string, Standing> {
  const seen = new Map<string, Standing>();
  for (const [id, record] of model.records) {
    const standing = standingOf(record, model, state, day);
    // Before its first day there is nothing to see; after its last it stays as a shade, unless those are hidden.
    if (state.ever && standing === "future") continue;
    if (state.hidesEnded && isOver(standing)) continue;
    if (state.hidden.includes(id) || state.folded.includes(record.act)) continue;
    if (state.kinds.length > 0 && !state.kinds.includes(record.thing.kind)) continue;
    if (state.institution !== null && record.institution !== state.institution && id !== state.institution) continue;
    seen.set(id, standing);
  }
  return seen;
}

function standingOf(record: ShownRecord, model: Model, state: State, day: string): Standing {
  if (!state.ever || day === model.at) return record.thing.state;
  const moment = momentOfRecord(record, day);
  // Its source gives no day, so it is so on all of them.
  if (moment === "valid" && record.thing.state === "not_in_force") return "not_in_force";
  // That an act was repealed on another day only the server can tell, once the slider rests.
  return moment === "valid" && record.thing.state === "repealed" && day >= model.at ? "repealed" : moment;
}

function visibleEdges(model: Model, state: State, seen: Map<string, Standing>, day: string): Map<string, SceneEdge> {
  const edges = new Map<string, SceneEdge>();
  for (const [key, edge] of model.edges) {
    if (!seen.has(edge.source) || !seen.has(edge.target)) continue;
    if (state.types.length > 0 && !state.types.includes(edge.type)) continue;
    const moment = state.ever ? edgeMoment(edge, model, day) : edge.holds ? "valid" : "ended";
    if (moment === "future" || (moment === "ended" && state.hidesEnded)) continue;
    const { source, target, type } = edge;
    const lack = !edge.has_effect ? "without_effect" : moment === "ended" ? "ended" : null;
    edges.set(key, { key, source, target, type, count: 1, lack });
  }
  return edges;
}

function edgeMoment(edge: ShownEdge, model: Model, day: string): "future" | "valid" | "ended" {
  return momentOfEdge(edge, model.records.get(edge.source), day);
}

function nodeOf(
  record: ShownRecord | undefined,
  standing: Standing,
  state: State,
  places: Places,
  naming: Naming,
): SceneNode | null {
  if (record === undefined) return null;
  const { thing } = record;
  const [x, y] = places.get(thing.id) ?? [record.x, record.y];
  return {
    key: thing.id,
    sort: "record",
    thing,
    kind: thing.kind,
    label: naming.title(thing),
    beside: naming.beside(thing),
    standing,
    isUnverified: thing.is_unverified,
    count: 1,
    isPinned: state.pins.some((pin) => pin.id === thing.id),
    isSelected: state.selected.includes(thing.id),
    x,
    y,
  };
}

function hubNode(
  hub: Count & { id: string; x: number; y: number },
  state: State,
  places: Places,
  naming: Naming,
): SceneNode {
  const [x, y] = places.get(hub.id) ?? [hub.x, hub.y];
  return {
    key: hub.id,
    sort: "hub",
    thing: null,
    kind: hub.kind,
    label: naming.hub(hub),
    beside: "",
    standing: "valid",
    isUnverified: false,
    count: hub.total,
    isPinned: state.pins.some((pin) => pin.id === hub.id),
    isSelected: state.selected.includes(hub.id),
    x,
    y,
  };
}

/** The scene with one node for the records of each institution, and one edge for all of a type between two. */
function grouped(scene: Scene, model: Model, state: State, naming: Naming): Scene {
  const groupOf = (key: string): string => {
    const node = scene.nodes.get(key);
    const owner = node?.sort === "hub" ? model.hubs.get(key)?.parent : key;
    const institution = model.records.get(owner ?? "")?.institution ?? null;
    return institution === null || state.open.includes(institution) ? key : `@${institution}`;
  };
  const members = Map.groupBy(scene.nodes.values(), (node) => groupOf(node.key));
  const nodes = new Map<string, SceneNode>();
  for (const [key, held] of members) {
    const first = held[0];
    if (first === undefined) continue;
    const thing = key.startsWith("@") ? model.institutions[key.slice(1)] : undefined;
    nodes.set(key, thing === undefined ? first : groupNode(key, thing, held, state, naming));
  }
  const edges = new Map<string, SceneEdge>();
  for (const edge of scene.edges.values()) {
    const [source, target] = [groupOf(edge.source), groupOf(edge.target)];
    if (source === target && source.startsWith("@")) continue;
    const key = source.startsWith("@") || target.startsWith("@") ? `${source}~${edge.type}~${target}` : edge.key;
    const held = edges.get(key);
    const lack = held === undefined || held.lack === edge.lack ? edge.lack : null;
    edges.set(key, { ...edge, key, source, target, count: (held?.count ?? 0) + edge.count, lack });
  }
  return { nodes, edges, keptOut: scene.keptOut };
}

function groupNode(key: string, thing: Thing, held: SceneNode[], state: State, naming: Naming): SceneNode {
  const own = held.find((node) => node.key === thing.id);
  const middle = (of: (node: SceneNode) => number): number =>
    held.reduce((sum, node) => sum + of(node), 0) / held.length;
  return {
    key,
    sort: "institution",
    thing,
    kind: thing.kind,
    label: naming.title(thing),
    beside: naming.beside(thing),
    standing: thing.state,
    isUnverified: false,
    count: held.reduce((sum, node) => sum + node.count, 0),
    isPinned: own?.isPinned ?? false,
    isSelected: state.selected.includes(key),
    x: own?.x ?? middle((node) => node.x),
    y: own?.y ?? middle((node) => node.y),
  };
}
