/** Where everything lies: the server's places, refined act by act so that what is there never moves.

   The same acts and pins give the same places to the last bit, in a worker or not: no clock, no chance, a fixed number
   of rounds, everything in the order of identifiers. A layout of forces over the whole, such as ForceAtlas2, was not
   chosen: each opening would move all that is there, and it knows nothing of the server's rings, which it would undo. */

import type { Pin } from "./address";

/** Something to place; `x` and `y` are what the server proposes. */
export interface Body {
  id: string;
  act: number;
  parent: string | null;
  x: number;
  y: number;
}

export interface Task {
  bodies: readonly Body[];
  links: readonly (readonly [string, string])[];
  pins: readonly Pin[];
}

export type Places = Map<string, readonly [number, number]>;

interface Moving {
  x: number;
  y: number;
  id: string;
  seed: readonly [number, number];
  /** What it is linked to, moving or still; filled before the first round. */
  linked: readonly Point[];
}

const ROUNDS = 45;
/** When nothing moves further than this in a round, more rounds would not be seen. */
const SETTLED = 0.02;
/** Two nodes keep this distance: their diameter and a gap in which an arrowhead can be seen. */
const APART = 5.2;
/** A link beyond this length pulls. */
const REACH = 16;
const PULL = 0.03;
/** What holds a node where the server put it. */
const HOLD = 0.02;

/** The place of every body. */
export function placed(task: Task): Places {
  const places: Places = new Map();
  const neighbours = neighboursOf(task.links);
  const seeds = new Map(task.bodies.map((body) => [body.id, body]));
  const acts = Map.groupBy([...task.bodies].sort(inOrder), (body) => body.act);
  const pins = [...task.pins].sort((one, other) => one.after - other.after);
  let nextPin = 0;
  const pinUpTo = (act: number): void => {
    for (let pin = pins[nextPin]; pin !== undefined && pin.after <= act; pin = pins[++nextPin]) {
      if (places.has(pin.id)) places.set(pin.id, [pin.x, pin.y]);
    }
  };
  for (const act of [...acts.keys()].sort((one, other) => one - other)) {
    pinUpTo(act);
    const fresh = (acts.get(act) ?? []).map((body) => startOf(body, places, seeds, neighbours));
    relax(fresh, places, neighbours);
    for (const body of fresh) places.set(body.id, [body.x, body.y]);
  }
  pinUpTo(Infinity);
  return places;
}

function inOrder(one: Body, other: Body): number {
  return one.act - other.act || (one.id < other.id ? -1 : 1);
}

function neighboursOf(links: Task["links"]): Map<string, string[]> {
  const found = new Map<string, Set<string>>();
  const add = (one: string, other: string): void => {
    const held = found.get(one);
    if (held === undefined) found.set(one, new Set([other]));
    else held.add(other);
  };
  for (const [one, other] of links) {
    add(one, other);
    add(other, one);
  }
  return new Map([...found].map(([id, held]) => [id, [...held].sort()]));
}

/** A body moves with its parent where that was pinned; one that came by itself comes to a neighbour that is there. */
function startOf(body: Body, places: Places, seeds: Map<string, Body>, neighbours: Map<string, string[]>): Moving {
  const owner = body.parent === null ? null : seeds.get(body.parent);
  const at = owner === null || owner === undefined ? undefined : places.get(owner.id);
  let [x, y] = [body.x, body.y];
  if (owner !== null && owner !== undefined && at !== undefined) {
    [x, y] = [x + at[0] - owner.x, y + at[1] - owner.y];
  } else {
    const near = (neighbours.get(body.id) ?? []).map((id) => places.get(id)).find((place) => place !== undefined);
    if (near !== undefined) {
      const far = Math.hypot(x - near[0], y - near[1]) || 1;
      const step = Math.min(1, (2 * APART) / far);
      [x, y] = [near[0] + (x - near[0]) * step, near[1] + (y - near[1]) * step];
    }
  }
  return { id: body.id, x, y, seed: [x, y], linked: [] };
}

/** Moves the fresh bodies apart from each other and from all that is there, and towards what they are linked to. */
function relax(fresh: Moving[], places: Places, neighbours: Map<string, string[]>): void {
  const moving = new Map(fresh.map((body) => [body.id, body]));
  const pointOf = (id: string): Point[] => {
    const [own, place] = [moving.get(id), places.get(id)];
    if (own !== undefined) return [own];
    return place === undefined ? [] : [{ x: place[0], y: place[1] }];
  };
  for (const body of fresh) body.linked = (neighbours.get(body.id) ?? []).flatMap(pointOf);
  const still = gridOf([...places.values()].map(([x, y]) => ({ x, y })));
  const steps = new Float64Array(2 * fresh.length);
  for (let round = 0; round < ROUNDS; round++) {
    const mobile = gridOf(fresh);
    // Read from the places before the round, so that the order of bodies does not matter.
    fresh.forEach((body, index) => {
      [steps[2 * index], steps[2 * index + 1]] = stepOf(body, still, mobile);
    });
    let furthest = 0;
    fresh.forEach((body, index) => {
      const [dx, dy] = [steps[2 * index] ?? 0, steps[2 * index + 1] ?? 0];
      body.x += dx;
      body.y += dy;
      furthest = Math.max(furthest, Math.abs(dx), Math.abs(dy));
    });
    if (furthest < SETTLED) return;
  }
}

function stepOf(body: Moving, still: Grid, mobile: Grid): [number, number] {
  let dx = (body.seed[0] - body.x) * HOLD;
  let dy = (body.seed[1] - body.y) * HOLD;
  for (const { x, y } of body.linked) {
    const far = Math.sqrt((x - body.x) ** 2 + (y - body.y) ** 2);
    if (far > REACH) {
      const pull = (PULL * (far - REACH)) / far;
      dx += (x - body.x) * pull;
      dy += (y - body.y) * pull;
    }
  }
  const push = (other: Point, share: number): void => {
    if (other === body) return;
    const [right, up] = [body.x - other.x, body.y - other.y];
    const far = Math.sqrt(right * right + up * up);
    if (far >= APART) return;
    const strength = (APART - far) * share;
    if (far > 1e-6) {
      dx += (right / far) * strength;
      dy += (up / far) * strength;
    } else {
      // Two bodies on one spot part along a direction that follows from their seeds.
      const angle = body.seed[0] * 7 + body.seed[1] * 13;
      dx += Math.cos(angle) * strength;
      dy += Math.sin(angle) * strength;
    }
  };
  if (still.size > 0) near(still, body, (other) => push(other, 0.6));
  near(mobile, body, (other) => push(other, 0.3));
  return [dx, dy];
}

interface Point {
  x: number;
  y: number;
}
type Grid = Map<number, Point[]>;

function gridOf(points: readonly Point[]): Grid {
  const grid: Grid = new Map();
  for (const point of points) {
    const key = cellOf(Math.floor(point.x / APART), Math.floor(point.y / APART));
    const held = grid.get(key);
    if (held === undefined) grid.set(key, [point]);
    else held.push(point);
  }
  return grid;
}

/** Columns and rows in one number: text for a key takes longer than all the rest. */
function cellOf(column: number, row: number): number {
  return column * 1_000_003 + row;
}

function near(grid: Grid, point: Point, each: (other: Point) => void): void {
  const column = Math.floor(point.x / APART);
  const row = Math.floor(point.y / APART);
  for (let across = column - 1; across <= column + 1; across++) {
    for (let down = row - 1; down <= row + 1; down++) grid.get(cellOf(across, down))?.forEach(each);
  }
}
