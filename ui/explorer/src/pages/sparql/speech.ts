/** Texts, numbers and the order of words in the language of the page. */

import { wordsOf } from "../words";

export interface Speech {
  say(key: string, values?: Record<string, string | number>): string;
  number(value: number): string;
  compare(one: string, other: string): number;
  /** The text as it is compared when letters are looked for: small, without marks, ı and i alike. */
  fold(text: string): string;
}

/** The speech of the element, which carries its texts. */
export function speechOf(element: HTMLElement): Speech {
  const locale = document.documentElement.lang === "en" ? "en-GB" : "tr-TR";
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  // Turkish words whatever the language of the page: ç comes after c and ı before i.
  const order = new Intl.Collator("tr", { numeric: true });
  return {
    say: wordsOf(element),
    number: (value) => numbers.format(value),
    compare: (one, other) => order.compare(one, other),
    fold: (text) => text.toLocaleLowerCase("tr").normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ı", "i"),
  };
}
