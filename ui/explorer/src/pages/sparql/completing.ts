/** What the word in front of the cursor can become: a variable, a prefix, a class or a property. */

import type { Vocabulary } from "./terms";

export interface Typed {
  text: string;
  start: number;
  /** What stands before it in its line. */
  before: string;
}

export interface Suggestion {
  text: string;
  label: string;
}

const MOST = 60;
const AFTER_CLASS = /(?:\ba|rdf:type)(?:\s*[|/])?$/;

/** The suggestions, those that begin as typed first; terms are found by the words of their labels as well. */
export function complete(typed: Typed, variables: readonly string[], vocabulary: Vocabulary): Suggestion[] {
  const { text } = typed;
  if (/^[?$]/.test(text)) {
    return variables
      .filter((name) => name !== text && name.startsWith(text))
      .map((name) => ({ text: name, label: "" }));
  }
  const isClass = AFTER_CLASS.test(typed.before);
  const words = text.slice(text.indexOf(":") + 1).toLowerCase();
  const prefix = text.includes(":") ? text.slice(0, text.indexOf(":") + 1) : "";
  const fit = vocabulary.terms.filter(({ term, is_class, label_tr, label_en }) => {
    if (isClass && !is_class) return false;
    if (prefix !== "" && !term.startsWith(prefix)) return false;
    return `${term} ${label_tr} ${label_en}`.toLowerCase().includes(words);
  });
  const begins = ({ term }: { term: string }): number => (term.toLowerCase().startsWith(text.toLowerCase()) ? 0 : 1);
  const kind = ({ is_class }: { is_class: boolean }): number => (is_class === isClass ? 0 : 1);
  const inOrder = fit.toSorted((one, other) => begins(one) - begins(other) || kind(one) - kind(other));
  const named = inOrder.map(({ term, label_tr, label_en }) => ({
    text: term,
    label: label_tr === label_en ? label_tr : `${label_tr} · ${label_en}`,
  }));
  const names =
    prefix === "" && !isClass ? Object.keys(vocabulary.prefixes).filter((name) => name.startsWith(words)) : [];
  const prefixes = names.map((name) => ({ text: `${name}:`, label: vocabulary.prefixes[name] ?? "" }));
  return [...(words === "" ? [] : prefixes), ...named].slice(0, MOST);
}
