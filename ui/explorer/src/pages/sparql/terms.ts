/** The classes and properties of the graph, as the service lists them. */
import { rooted } from "../../root";

export interface Term {
  term: string;
  is_class: boolean;
  label_tr: string;
  label_en: string;
}

export interface Vocabulary {
  prefixes: Record<string, string>;
  terms: Term[];
}

/** The terms with the prefixes that the page knows; without an answer there is less to complete. */
export async function vocabularyOf(prefixes: Record<string, string>): Promise<Vocabulary> {
  const response = await fetch(rooted("/api/terms"), { headers: { Accept: "application/json" } });
  if (!response.ok) return { prefixes, terms: [] };
  const { terms } = (await response.json()) as { terms: Term[] };
  return { prefixes, terms };
}
