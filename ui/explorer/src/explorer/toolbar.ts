/** The buttons above the picture. */

import { button, make } from "./elements";
import { filters } from "./filters";
import { find } from "./find";
import { mayRedo, mayUndo } from "./past";
import { glyph } from "./sign";
import type { Deeds, Piece, Shown, Speech } from "./stage";
import { viewsMenu } from "./views-menu";

/** The toolbar; sharing is made where the picture is. */
export function toolbar(speech: Speech, deeds: Deeds, share: Piece, help: () => void): Piece & { findFocus(): void } {
  const { say } = speech;
  let shown: Shown | null = null;
  const change = (next: (now: Shown) => void) => () => {
    if (shown !== null) next(shown);
  };
  const box = find(speech, deeds);
  const undo = button(glyph("M6.5 3L3 6.5L6.5 10M3 6.5H9.5A3.5 3.5 0 0 1 9.5 13.5H7"), () => deeds.undo(), {
    "aria-label": say("undo"),
    title: `${say("undo")} (Ctrl+Z)`,
  });
  const redo = button(glyph("M9.5 3L13 6.5L9.5 10M13 6.5H6.5A3.5 3.5 0 0 0 6.5 13.5H9"), () => deeds.redo(), {
    "aria-label": say("redo"),
    title: `${say("redo")} (Ctrl+Shift+Z)`,
  });
  const group = button(say("group"), change(({ state }) => deeds.step({ ...state, groups: !state.groups, open: [], selected: [] }))); // prettier-ignore
  const time = button(say("time"), change(({ state, day }) => deeds.step({ ...state, ever: !state.ever, at: state.at ?? day }))); // prettier-ignore
  const asked = button("?", help, { "aria-label": say("help"), title: say("help") });
  const pieces = [box, filters(speech, deeds), viewsMenu(speech, deeds), share];
  const [, filter, kept] = pieces;
  const element = make(
    "div",
    { class: "ex-bar", role: "group", "aria-label": say("toolbar") },
    box.element,
    make("div", { class: "ex-row" }, undo, redo),
    make("div", { class: "ex-row" }, filter?.element ?? null, group, time, kept?.element ?? null, share.element, asked),
  );
  return {
    element,
    findFocus: () => box.focus(),
    show(next) {
      shown = next;
      undo.disabled = !mayUndo(next.past);
      redo.disabled = !mayRedo(next.past);
      group.setAttribute("aria-pressed", String(next.state.groups));
      time.setAttribute("aria-pressed", String(next.state.ever));
      for (const piece of pieces) piece.show(next);
    },
  };
}
