/** Boxes and arrows of a picture as a web to walk on, without knowing how they are drawn. */

export interface Box {
  kind: "box";
  id: string;
  title: string;
}

export interface Arrow {
  kind: "arrow";
  source: string;
  target: string;
  title: string;
}

export type Item = Box | Arrow;
export type Direction = "in" | "out" | "before" | "after";

/** The items of one picture in the order they are drawn. */
export class Web<Drawn extends Item> {
  private readonly boxes = new Map<string, Drawn>();

  constructor(readonly items: readonly Drawn[]) {
    for (const item of items) if (item.kind === "box") this.boxes.set(item.id, item);
  }

  /** An item with all it touches: a box with its arrows and their other ends, an arrow with its two boxes. */
  around(item: Drawn): Set<Drawn> {
    const found = new Set([item]);
    for (const arrow of item.kind === "arrow" ? [item] : this.arrowsOf(item)) {
      found.add(arrow);
      for (const end of this.ends(arrow)) found.add(end);
    }
    return found;
  }

  /** The arrows that leave a box, or lead to it. */
  arrows(box: Drawn, side: "in" | "out"): Drawn[] {
    if (box.kind !== "box") return [];
    return this.items.filter((item) => item.kind === "arrow" && (side === "in" ? item.target : item.source) === box.id);
  }

  /** The boxes an arrow joins, its source first. */
  ends(arrow: Drawn): Drawn[] {
    if (arrow.kind !== "arrow") return [];
    return [this.boxes.get(arrow.source), this.boxes.get(arrow.target)].filter((box) => box !== undefined);
  }

  /**
   * Where an arrow key leads: along or against the arrows from box to arrow to box, or to the next of its like.
   * From an arrow the next of its like is the next one of the box that was `left`; undefined at an end.
   */
  next(item: Drawn, direction: Direction, left: Drawn | null): Drawn | undefined {
    if (direction === "in" || direction === "out") {
      if (item.kind === "box") return this.arrows(item, direction)[0];
      return this.ends(item)[direction === "in" ? 0 : 1];
    }
    const alike = this.alike(item, left);
    return alike[alike.indexOf(item) + (direction === "after" ? 1 : -1)];
  }

  private alike(item: Drawn, left: Drawn | null): Drawn[] {
    if (item.kind === "box") return this.items.filter((other) => other.kind === "box");
    const from = left ?? this.ends(item)[0];
    return from?.kind === "box" ? this.arrows(from, item.source === from.id ? "out" : "in") : [item];
  }

  private arrowsOf(box: Drawn): Set<Drawn> {
    return new Set([...this.arrows(box, "in"), ...this.arrows(box, "out")]);
  }
}
