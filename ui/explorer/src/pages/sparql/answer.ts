/** What the endpoint gives for a query, read into rows. */
import { rooted } from "../../root";

export interface Term {
  type: "uri" | "literal" | "bnode" | "triple";
  value: string;
  datatype?: string;
  "xml:lang"?: string;
}

export type Row = readonly (Term | undefined)[];

/** Rows of a SELECT, triples of a CONSTRUCT or DESCRIBE, or the yes or no of an ASK. */
export interface Answer {
  kind: "rows" | "triples" | "boolean";
  columns: readonly string[];
  rows: readonly Row[];
  isYes: boolean;
  milliseconds: number;
  sequence: number;
}

/** The endpoint refused the query; the message is in the language of the page. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly hint: string,
    /** The line of the query it is about, from 1 on. */
    readonly line: number | null,
  ) {
    super(message);
  }
}

interface Results {
  head: { vars?: string[] };
  boolean?: boolean;
  results?: { bindings: Record<string, Term>[] };
}

interface Problem {
  detail: string | null;
  hint: string | null;
  problems?: { detail: string; hint: string; place: { line?: number } }[];
}

const JSON_RESULTS = "application/sparql-results+json";
const TRIPLES = "application/n-triples";
const NUMBERS = new Set(
  ["integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger"].map(
    (name) => `http://www.w3.org/2001/XMLSchema#${name}`,
  ),
);

/** The answer to a query; Refused when the endpoint says why there is none. */
export async function ask(query: string, signal: AbortSignal): Promise<Answer> {
  const begun = performance.now();
  const response = await fetch(rooted("/sparql"), {
    method: "POST",
    headers: {
      "Content-Type": "application/sparql-query",
      Accept: `${JSON_RESULTS}, ${TRIPLES};q=0.9, application/problem+json;q=0.1`,
      "Accept-Language": document.documentElement.lang,
    },
    body: query,
    signal,
  });
  const text = await response.text();
  if (!response.ok) throw refused(text, response.headers.get("content-type") ?? "");
  const told = {
    milliseconds: Math.round(performance.now() - begun),
    sequence: Number(response.headers.get("last-sync") ?? 0),
  };
  if (response.headers.get("content-type")?.startsWith(TRIPLES)) {
    return {
      kind: "triples",
      columns: ["subject", "predicate", "object"],
      rows: triplesOf(text),
      isYes: false,
      ...told,
    };
  }
  const held = JSON.parse(text) as Results;
  const columns = held.head.vars ?? [];
  const rows = (held.results?.bindings ?? []).map((binding) => columns.map((name) => binding[name]));
  return {
    kind: held.boolean === undefined ? "rows" : "boolean",
    columns,
    rows,
    isYes: held.boolean ?? false,
    ...told,
  };
}

function refused(text: string, type: string): Refused {
  if (!type.includes("json")) return new Refused(text, "", null);
  const { detail, hint, problems } = JSON.parse(text) as Problem;
  const first = problems?.[0];
  return new Refused(first?.detail ?? detail ?? "", first?.hint ?? hint ?? "", first?.place.line ?? null);
}

const IRI = /<([^>]*)>/y;
const BLANK = /_:([^\s<"]+)/y;
const LITERAL = /"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?/y;

/** The triples of an N-Triples document, in its order. */
export function triplesOf(text: string): Row[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => {
      const row: Term[] = [];
      for (let at = 0; row.length < 3;) {
        while (line[at] === " " || line[at] === "\t") at++;
        const [term, end] = termAt(line, at);
        row.push(term);
        at = end;
      }
      return row;
    });
}

function termAt(line: string, at: number): [Term, number] {
  for (const [form, made] of FORMS) {
    form.lastIndex = at;
    const found = form.exec(line);
    if (found !== null) return [made(found), form.lastIndex];
  }
  throw new Error(`no term at ${at} of ${line}`);
}

const FORMS: readonly (readonly [RegExp, (found: RegExpExecArray) => Term])[] = [
  [IRI, ([, value = ""]) => ({ type: "uri", value: unescaped(value) })],
  [BLANK, ([, value = ""]) => ({ type: "bnode", value })],
  [
    LITERAL,
    ([, value = "", language, datatype]) => ({
      type: "literal",
      value: unescaped(value),
      ...(language === undefined ? {} : { "xml:lang": language }),
      ...(datatype === undefined ? {} : { datatype }),
    }),
  ],
];

const SIGNS: Record<string, string> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, short, long, sign: string) =>
    sign === undefined ? String.fromCodePoint(parseInt((short ?? long) as string, 16)) : (SIGNS[sign] ?? sign),
  );
}

/** The number that a term says, or null. */
export function numberOf(term: Term | undefined): number | null {
  if (term?.datatype === undefined || !NUMBERS.has(term.datatype)) return null;
  const value = Number(term.value);
  return Number.isFinite(value) ? value : null;
}

/** The columns that say numbers and nothing else; one that says nothing at all is none of them. */
export function numericColumns(answer: Answer): number[] {
  return answer.columns.flatMap((_, index) => {
    const said = answer.rows.map((row) => row[index]).filter((term) => term !== undefined);
    return said.length > 0 && said.every((term) => numberOf(term) !== null) ? [index] : [];
  });
}
