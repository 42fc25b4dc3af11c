/** Search inside the text of an act while typing: articles without the words are hidden, their number is told. */

import { wordsOf } from "./words";

const MARKS = /\p{Mn}/gu;
// Long enough to type on, short enough to feel at once.
const PAUSE = 150;

/** The text as search compares it: without case, marks or the difference of ı and i, as the server does. */
export function fold(text: string): string {
  return text.normalize("NFKD").replace(MARKS, "").toLowerCase().replace(MARKS, "").replaceAll("ı", "i");
}

/** The folded words of what was typed. */
export function sought(typed: string): string[] {
  return fold(typed).match(/[\p{L}\p{N}_]+/gu) ?? [];
}

/** Filters the articles of this page; the form still asks for the whole act. */
export function enhance(element: HTMLElement): void {
  const input = document.querySelector<HTMLInputElement>("#text-words");
  const told = document.querySelector<HTMLOutputElement>("#text-found");
  if (input === null || told === null) return;
  const say = wordsOf(element);
  const articles = [...element.querySelectorAll<HTMLElement>("article")].map((article) => ({
    article,
    text: fold(article.textContent),
  }));
  const asked = input.value;
  let waiting = 0;
  const filter = (): void => {
    const words = input.value === asked ? [] : sought(input.value);
    let found = 0;
    for (const { article, text } of articles) {
      article.hidden = !words.every((word) => text.includes(word));
      if (!article.hidden) found += 1;
    }
    told.textContent = words.length === 0 ? "" : say("live_found", { count: found });
  };
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(filter, PAUSE);
  });
}
