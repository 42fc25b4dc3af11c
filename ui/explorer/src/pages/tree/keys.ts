/** The keys of a tree, as the ARIA Authoring Practices have them. */

import { type Branch, type Row, rowBeginningWith, type UnitRow } from "./model";

/** What keys do. */
export interface Doing {
  rows(): readonly Row[];
  active(): number;
  activate(index: number): void;
  toggle(row: UnitRow): void;
  openAll(rows: readonly UnitRow[]): void;
  follow(row: Row): void;
  title(branch: Branch): string;
}

const TYPED_FOR = 700;
const PAGE = 15;
// Each opened unit asks for a page: more at once would only be waited for.
const OPENED_AT_ONCE = 40;

/** Makes the element obey the keys. */
export function keyed(element: HTMLElement, doing: Doing): void {
  let typed = "";
  let last = 0;
  element.addEventListener("keydown", (event) => {
    // Badges are links of their own.
    if (event.target !== element || event.ctrlKey || event.metaKey || event.altKey) return;
    const now = event.timeStamp;
    const isLetter = [...event.key].length === 1 && event.key !== " " && event.key !== "*";
    typed = isLetter ? (now - last > TYPED_FOR ? "" : typed) + event.key : "";
    if (isLetter) last = now;
    const isDone = isLetter ? jump(typed, doing) : move(event.key, doing);
    if (isDone) event.preventDefault();
  });
}

function jump(typed: string, doing: Doing): boolean {
  const from = doing.active() + (typed.length === 1 ? 1 : 0);
  const found = rowBeginningWith(doing.rows(), typed, Math.max(from, 0), doing.title);
  if (found >= 0) doing.activate(found);
  return true;
}

function move(key: string, doing: Doing): boolean {
  const rows = doing.rows();
  const active = Math.max(doing.active(), 0);
  const row = rows[active];
  if (row === undefined) return false;
  const last = rows.length - 1;
  switch (key) {
    case "ArrowDown":
      doing.activate(Math.min(active + 1, last));
      return true;
    case "ArrowUp":
      doing.activate(Math.max(active - 1, 0));
      return true;
    case "Home":
      doing.activate(0);
      return true;
    case "End":
      doing.activate(last);
      return true;
    case "PageDown":
      doing.activate(Math.min(active + PAGE, last));
      return true;
    case "PageUp":
      doing.activate(Math.max(active - PAGE, 0));
      return true;
    case "ArrowRight":
      if (row.kind === "unit" && row.expanded === false) doing.toggle(row);
      else if (row.kind === "unit" && row.expanded === true) doing.activate(active + 1);
      return true;
    case "ArrowLeft":
      if (row.kind === "unit" && row.expanded === true) doing.toggle(row);
      else doing.activate(above(rows, active));
      return true;
    case "Enter":
    case " ":
      doing.follow(row);
      return true;
    case "*":
      doing.openAll(closedBeside(rows, row));
      return true;
    default:
      return false;
  }
}

function above(rows: readonly Row[], index: number): number {
  const parent = rows[index]?.parent;
  const found = rows.findIndex((row) => row.kind === "unit" && row.key === parent);
  return found < 0 ? index : found;
}

function closedBeside(rows: readonly Row[], row: Row): UnitRow[] {
  const beside = rows.filter((other): other is UnitRow => other.kind === "unit" && other.parent === row.parent);
  return beside.filter((other) => other.expanded === false).slice(0, OPENED_AT_ONCE);
}
