/** A button that copies the text of the code beside it. */

import { wordsOf } from "./words";

const SHOWN_FOR = 2_000;

/** Puts the button behind the code inside the element. */
export function enhance(element: HTMLElement): void {
  const say = wordsOf(element);
  const code = element.querySelector("code");
  if (code === null) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = say("copy");
  button.addEventListener("click", () => {
    void navigator.clipboard.writeText(code.textContent).then(
      () => tell(button, say("copied"), say("copy")),
      () => tell(button, say("copy_failed"), say("copy")),
    );
  });
  element.append(" ", button);
}

function tell(button: HTMLButtonElement, said: string, before: string): void {
  button.textContent = said;
  button.setAttribute("aria-live", "polite");
  setTimeout(() => (button.textContent = before), SHOWN_FOR);
}
