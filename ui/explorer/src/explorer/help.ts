/** The keys, in a box over the page. */

import { button, make } from "./elements";
import { KEYS } from "./keyboard";
import type { Say } from "./stage";

/** A dialog that tells every key. */
export function help(say: Say): HTMLDialogElement {
  const rows = KEYS.map(([keys, told]) =>
    make("div", {}, make("dt", {}, make("kbd", {}, keys)), make("dd", {}, say(told))),
  );
  const box = make(
    "dialog",
    { class: "ex-help", "aria-label": say("help") },
    make("h2", {}, say("help")),
    make("p", {}, say("help_mouse")),
    make("dl", {}, ...rows),
  );
  box.append(button(say("close"), () => box.close()));
  return box;
}
