/** Undo and redo: a position in the history of the browser, so that its own buttons do the same. */

/** Where we are among the steps done; `step` is 0 before anything was done. */
export interface Past {
  step: number;
  last: number;
}

/** After a new step: what was undone is gone. */
export function stepped(past: Past): Past {
  return { step: past.step + 1, last: past.step + 1 };
}

/** After the browser went to a step. */
export function wentTo(past: Past, step: number): Past {
  return { step, last: Math.max(past.last, step) };
}

export function mayUndo(past: Past): boolean {
  return past.step > 0;
}

export function mayRedo(past: Past): boolean {
  return past.step < past.last;
}
