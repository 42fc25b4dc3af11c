/** Which names are written and where: the most telling first, and none over another or over a node. */

export type Side = "below" | "right" | "left" | "above";

/** A node whose name may be written; lengths are pixels of the screen. */
export interface Candidate {
  key: string;
  x: number;
  y: number;
  /** How far the node reaches from its middle. */
  size: number;
  /** How wide its name is. */
  width: number;
  /** Higher is written first; infinity is written whatever it covers, zero never. */
  weight: number;
}

const HEIGHT = 15;
const GAP = 3;
const CELL = 64;
const SIDES: readonly Side[] = ["below", "right", "left", "above"];

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The names that fit a canvas of the size, each with the side of the node on which it stands. */
export function fitting(candidates: readonly Candidate[], width: number, height: number): Map<string, Side> {
  const written = new Map<string, Side>();
  const taken = new Map<string, Box[]>();
  const seen = candidates.filter(({ x, y }) => x > -CELL && y > -CELL && x < width + CELL && y < height + CELL);
  for (const { x, y, size } of seen) take(taken, { left: x - size, right: x + size, top: y - size, bottom: y + size });
  const ordered = seen
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight || (one.key < other.key ? -1 : 1));
  for (const candidate of ordered) {
    const side = SIDES.find((held) => isFree(taken, boxOf(candidate, held)));
    if (side === undefined && candidate.weight !== Infinity) continue;
    written.set(candidate.key, side ?? "below");
    take(taken, boxOf(candidate, side ?? "below"));
  }
  return written;
}

function boxOf({ x, y, size, width }: Candidate, side: Side): Box {
  const out = size + GAP;
  if (side === "right") return { left: x + out, right: x + out + width, top: y - HEIGHT / 2, bottom: y + HEIGHT / 2 };
  if (side === "left") return { left: x - out - width, right: x - out, top: y - HEIGHT / 2, bottom: y + HEIGHT / 2 };
  const top = side === "below" ? y + out - 1 : y - out - HEIGHT + 1;
  return { left: x - width / 2, right: x + width / 2, top, bottom: top + HEIGHT };
}

function isFree(taken: Map<string, Box[]>, box: Box): boolean {
  return cellsOf(box).every((cell) =>
    (taken.get(cell) ?? []).every(
      (held) => held.right < box.left || held.left > box.right || held.bottom < box.top || held.top > box.bottom,
    ),
  );
}

function take(taken: Map<string, Box[]>, box: Box): void {
  for (const cell of cellsOf(box)) {
    const held = taken.get(cell);
    if (held === undefined) taken.set(cell, [box]);
    else held.push(box);
  }
}

function cellsOf({ left, right, top, bottom }: Box): string[] {
  const cells: string[] = [];
  for (let across = Math.floor(left / CELL); across <= Math.floor(right / CELL); across++) {
    for (let down = Math.floor(top / CELL); down <= Math.floor(bottom / CELL); down++) cells.push(`${across},${down}`);
  }
  return cells;
}
