/** Names, numbers and days in the language of the page. */

import { wordsOf } from "../pages/words";
import type { Vocabulary } from "./contract";
import type { Speech } from "./stage";
import { besideOf, joined, titleOf } from "../titles";

/** The speech of the element, which carries its texts and the words of the schema. */
export function speechOf(element: HTMLElement): Speech {
  const texts = wordsOf(element);
  const words = JSON.parse(element.dataset.schema ?? "{}") as Vocabulary;
  const language = element.dataset.language ?? document.documentElement.lang;
  const numbers = new Intl.NumberFormat(language === "en" ? "en-GB" : "tr-TR");
  const days = new Intl.DateTimeFormat(language === "en" ? "en-GB" : "tr-TR", { dateStyle: "long", timeZone: "UTC" });
  const speech: Speech = {
    say: (key, values) => texts(`x_${key}`, values),
    language,
    words,
    number: (value) => numbers.format(value),
    day: (value) => days.format(new Date(`${value}T00:00:00Z`)),
    title: (thing) => joined(titleOf(thing, language), besideOf(thing, language)),
    beside: (thing) => besideOf(thing, language),
    kind: (slug) => words.kinds[slug]?.label ?? slug,
    plural: (slug) => words.kinds[slug]?.plural ?? slug,
    edge: (type) => words.edges[type] ?? type,
    meaning: (kind, { direction, type, kind: other }) =>
      words.meanings[`${kind}.${direction}.${type}.${other}`] ?? words.edges[type] ?? type,
    hub: (count) => speech.say("hub", { kind: speech.plural(count.kind), count: numbers.format(count.total) }),
    spoken: (node) => {
      if (node.sort === "hub") return node.label;
      const parts = [node.label, speech.kind(node.kind)];
      if (node.sort === "institution") parts.push(speech.say("stands_for", { count: numbers.format(node.count) }));
      if (node.standing !== "valid") parts.push(speech.say(`standing_${node.standing}`));
      if (node.isUnverified) parts.push(speech.say("unverified"));
      return parts.join(", ");
    },
  };
  return speech;
}
