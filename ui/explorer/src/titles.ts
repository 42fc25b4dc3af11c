/** What records are called on pages, with whose they are where others share the title. */

/** What a record of a shared title belongs to; `others` are institutions beside it that are not named. */
export interface Distinction {
  id: string;
  title: string;
  title_en: string | null;
  others: number;
}

export interface Titled {
  title: string;
  title_en: string | null;
  distinctions: readonly Distinction[];
}

const SEPARATOR = " · ";
// guess: half of a label for a shared title, half for whose it is.
const SHARE = 22;

/** The title in the language, the Turkish one where there is no other. */
export function titleOf(held: { title: string; title_en: string | null }, language: string): string {
  return (language === "en" ? held.title_en : null) ?? held.title;
}

/** What tells the record from others of its title, nearest first; empty where the title is its own. */
export function besideOf(record: Titled, language: string): string {
  return record.distinctions
    .map((held) => titleOf(held, language) + (held.others === 0 ? "" : ` +${held.others}`))
    .join(SEPARATOR);
}

/** A title with what stands beside it. */
export function joined(title: string, beside: string): string {
  return beside === "" ? title : title + SEPARATOR + beside;
}

/** A label that ends in `beside`, made short: what tells two titles apart is not what is cut off. */
export function shortened(label: string, beside: string, most: number): string {
  const title = label.slice(0, label.length - joined("", beside).length);
  return beside === "" ? cut(title, most) : joined(cut(title, SHARE), cut(beside, SHARE));
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
}
