/** The rows of the tree without the page: which units are open, what of them is loaded, what stands in which row. */

/** A record as the API names it. */
export interface Thing {
  id: string;
  title: string;
  title_en: string | null;
  state: "valid" | "ended" | "repealed" | "not_in_force" | "future";
}

/** A unit as the API gives it for a tree. */
export interface Branch {
  thing: Thing;
  units: number;
  is_institution: boolean;
  other_parents: Thing[];
  tie_from: string | null;
  tie_to: string | null;
}

/** A page of the units under a unit, or of the roots. */
export interface BranchPage {
  rows: Branch[];
  total: number;
  next_cursor: string | null;
}

/** A unit in its place. A unit with two parents has two places, so a place is named by the way to it. */
export interface UnitRow {
  kind: "unit";
  key: string;
  parent: string;
  branch: Branch;
  level: number;
  size: number;
  /** From 1 on; 0 where it is not known: the unit was brought here before those that stand above it. */
  position: number;
  expanded: boolean | null;
}

/**
 * What stands where units are still to come. `held` are not read by themselves: the unit brought there would be pushed
 * away by each page.
 */
export interface WaitingRow {
  kind: "more" | "held" | "failed";
  count: number;
  key: string;
  parent: string;
  level: number;
}

export type Row = UnitRow | WaitingRow;

interface Listed {
  rows: Branch[];
  total: number;
  cursor: string | null;
  /** A unit that was looked for and is on none of the pages read so far. */
  brought: Branch | null;
  failed: boolean;
}

const BETWEEN = "-";
/** The place above the roots. */
export const TOP = "";

/** The place of a unit under a place. */
export function placeUnder(parent: string, id: string): string {
  return parent === TOP ? id : parent + BETWEEN + id;
}

/** The unit of a place. */
export function idOf(key: string): string {
  return key.slice(key.lastIndexOf(BETWEEN) + 1);
}

/** What is open and loaded; `rows` lays it out, anew only after something changed. */
export class Tree {
  private readonly lists = new Map<string, Listed>();
  private readonly opened = new Set<string>([TOP]);
  private laid: Row[] | null = null;
  private places = new Map<string, number>();

  /** All rows from top to bottom. */
  get rows(): readonly Row[] {
    if (this.laid === null) {
      this.laid = [];
      this.layOut(TOP, 1, this.laid);
      this.places = new Map(this.laid.map((row, index) => [row.key, index]));
    }
    return this.laid;
  }

  /** Where a row stands; -1 when it is not to be seen. */
  indexOf(key: string): number {
    void this.rows;
    return this.places.get(key) ?? -1;
  }

  isOpen(key: string): boolean {
    return this.opened.has(key);
  }

  open(key: string): void {
    this.opened.add(key);
    this.laid = null;
  }

  /** Closes the place and forgets what was open under it. */
  close(key: string): void {
    for (const held of this.opened) {
      if (held === key || held.startsWith(key + BETWEEN)) this.opened.delete(held);
    }
    this.laid = null;
  }

  /** Whether the first page under the place was read. */
  isLoaded(key: string): boolean {
    return this.lists.has(key) && !this.lists.get(key)!.failed;
  }

  /** The cursor of the page to read next; undefined when there is none left. */
  nextCursor(key: string): string | null | undefined {
    const listed = this.lists.get(key);
    if (listed === undefined || (listed.failed && listed.rows.length === 0)) return null;
    return listed.cursor ?? undefined;
  }

  /** The next page under the place has come. */
  add(key: string, page: BranchPage): void {
    const listed = this.listOf(key);
    const known = new Set(listed.rows.map((branch) => branch.thing.id));
    for (const branch of page.rows) {
      if (!known.has(branch.thing.id)) listed.rows.push(branch);
      if (listed.brought?.thing.id === branch.thing.id) listed.brought = null;
    }
    listed.total = page.total;
    listed.cursor = page.next_cursor;
    listed.failed = false;
    this.laid = null;
  }

  /** The next page under the place could not be read. */
  fail(key: string): void {
    this.listOf(key).failed = true;
    this.laid = null;
  }

  /** Puts a unit under a place although the page it stands on was not read yet. */
  bring(key: string, branch: Branch): void {
    const listed = this.listOf(key);
    if (listed.rows.some((held) => held.thing.id === branch.thing.id)) return;
    listed.brought = branch;
    this.laid = null;
  }

  /** Whether the unit is among those read under the place. */
  holds(key: string, id: string): boolean {
    return this.lists.get(key)?.rows.some((branch) => branch.thing.id === id) ?? false;
  }

  /** The open places that have no open place under them, as one short text for the address. */
  get permalink(): string {
    const open = [...this.opened].filter((key) => key !== TOP);
    return open.filter((key) => !open.some((other) => other.startsWith(key + BETWEEN))).join(".");
  }

  private listOf(key: string): Listed {
    let listed = this.lists.get(key);
    if (listed === undefined) {
      listed = { rows: [], total: 0, cursor: null, brought: null, failed: false };
      this.lists.set(key, listed);
    }
    return listed;
  }

  private layOut(parent: string, level: number, rows: Row[]): void {
    const listed = this.lists.get(parent);
    if (listed === undefined) {
      rows.push({ kind: "more", key: `${parent}+`, parent, level, count: 0 });
      return;
    }
    const shown = listed.brought === null ? listed.rows : [...listed.rows, listed.brought];
    shown.forEach((branch, index) => {
      const key = placeUnder(parent, branch.thing.id);
      const expanded = branch.units > 0 ? this.opened.has(key) : null;
      const position = branch === listed.brought ? 0 : index + 1;
      rows.push({ kind: "unit", key, parent, branch, level, size: listed.total, position, expanded });
      if (expanded === true) this.layOut(key, level + 1, rows);
    });
    const count = listed.total - shown.length;
    const kind = listed.failed ? "failed" : listed.brought === null ? "more" : "held";
    if (listed.failed || listed.cursor !== null) rows.push({ kind, key: `${parent}+`, parent, level, count });
  }
}

/** The ways of an address: each from the top down to an open place. */
export function waysOf(permalink: string): string[][] {
  return permalink
    .split(".")
    .filter((way) => /^[0-9]{8}(-[0-9]{8})*$/.test(way))
    .map((way) => way.split(BETWEEN));
}

/** The row whose title begins with the letters, from the one after `from` on and then from the top; -1 for none. */
export function rowBeginningWith(
  rows: readonly Row[],
  letters: string,
  from: number,
  title: (b: Branch) => string,
): number {
  const wanted = letters.toLocaleLowerCase("tr");
  for (let step = 0; step < rows.length; step++) {
    const index = (from + step) % rows.length;
    const row = rows[index];
    if (row?.kind === "unit" && title(row.branch).toLocaleLowerCase("tr").startsWith(wanted)) return index;
  }
  return -1;
}
