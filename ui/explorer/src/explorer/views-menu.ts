/** The menu of named views. */

import { queryOf, stateOf } from "./address";
import { button, make, menu, refill } from "./elements";
import type { Deeds, Piece, Shown, Speech } from "./stage";
import { dropView, keepView, renameView, views } from "./views";

/** Keeps, opens, renames and forgets views. */
export function viewsMenu({ say }: Speech, deeds: Deeds): Piece {
  const rows = make("ul", { class: "ex-views" });
  const name = make("input", {
    type: "text",
    required: true,
    "aria-label": say("view_name"),
    placeholder: say("view_name"),
  });
  const form = make("form", { class: "ex-row" }, name, make("button", {}, say("view_keep")));
  const note = make("p", { class: "quiet" }, say("views_about"));
  let shown: Shown | null = null;

  const fill = (): void => {
    const held = views(localStorage);
    refill(rows, ...held.map((view) => {
      const open = button(view.name, () => deeds.open(stateOf(view.query), say("told_view", { name: view.name })), { class: "ex-link" });
      const rename = button(say("view_rename"), () => rows.replaceChild(renaming(view.name), row), { class: "plain-button" });
      const drop = button(say("view_drop"), () => (dropView(localStorage, view.name), fill()), { class: "plain-button", "aria-label": say("view_drop_name", { name: view.name }) });
      const row = make("li", {}, open, rename, drop);
      return row;
    })); // prettier-ignore
  };
  const renaming = (from: string): HTMLElement => {
    const to = make("input", { type: "text", required: true, "aria-label": say("view_name"), value: from });
    const row = make("form", { class: "ex-row" }, to, make("button", {}, say("view_keep")));
    row.addEventListener("submit", (event) => {
      event.preventDefault();
      renameView(localStorage, from, to.value.trim());
      fill();
    });
    queueMicrotask(() => to.select());
    return make("li", {}, row);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const said = name.value.trim();
    if (shown === null || said === "") return;
    keepView(localStorage, { name: said, query: queryOf(shown.state) });
    name.value = "";
    deeds.tell(say("told_kept", { name: said }));
    fill();
  });
  const element = menu(say("views"), "views", make("div", {}, form, rows, note));
  element.addEventListener("toggle", fill);
  return {
    element,
    show: (next) => {
      shown = next;
    },
  };
}
