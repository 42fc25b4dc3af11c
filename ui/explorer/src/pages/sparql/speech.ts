/** Texts, numbers and the order of words in the language of the page. */

import { wordsOf } from "../words";

export interface Speech {
  say(key: string, values?: Record<string, string | number>): string;
  number(value: number): string;
  /** A number of the data as `grouped` writes it. */
  written(value: string): string;
  compare(one: string, other: string): number;
  /** The text as it is compared when letters are looked for: small, without marks, ı and i alike. */
  fold(text: string): string;
}

/** The speech of the element, which carries its texts. */
export function speechOf(element: HTMLElement): Speech {
  const locale = document.documentElement.lang === "en" ? "en-GB" : "tr-TR";
  const [thousands, decimal] = locale === "en-GB" ? [",", "."] : [".", ","];
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  // Turkish words whatever the language of the page: ç comes after c and ı before i.
  const order = new Intl.Collator("tr", { numeric: true });
  return {
    say: wordsOf(element),
    number: (value) => numbers.format(value),
    written: (value) => grouped(value, thousands, decimal),
    compare: (one, other) => order.compare(one, other),
    fold: (text) => text.toLocaleLowerCase("tr").normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ı", "i"),
  };
}

const PLAIN = /^(-?)(0|[1-9][0-9]{0,40})(?:\.([0-9]{1,6}))?$/;

/** A number as people write it, digit for digit: five digits and more in groups, since four are often a year; long
    fractions, exponents and what else is no plain number stay as they are. `ui/pages/sparql_result.py` does the same. */
export function grouped(value: string, thousands: string, decimal: string): string {
  const [, sign, whole, fraction] = PLAIN.exec(value) ?? [];
  if (whole === undefined) return value;
  const digits = whole.length > 4 ? whole.replace(/\B(?=(?:[0-9]{3})+$)/g, thousands) : whole;
  return `${sign}${digits}${fraction === undefined ? "" : `${decimal}${fraction}`}`;
}
