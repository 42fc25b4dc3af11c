import { afterEach, describe, expect, it, vi } from "vitest";
import { numericColumns, triplesOf, type Answer, type Term } from "../src/pages/sparql/answer";
import { columnsOf, draws } from "../src/pages/sparql/chart";
import { complete } from "../src/pages/sparql/completing";
import { gave, gist } from "../src/pages/sparql/history";
import { Names } from "../src/pages/sparql/names";
import { grouped } from "../src/pages/sparql/speech";

const INTEGER = "http://www.w3.org/2001/XMLSchema#integer";
const VOCABULARY = {
  prefixes: { cpsv: "http://purl.org/vocab/cpsv#", dct: "http://purl.org/dc/terms/" },
  terms: [
    { term: "cpsv:PublicService", is_class: true, label_tr: "Hizmet", label_en: "Service" },
    { term: "cpsv:produces", is_class: false, label_tr: "Ürettikleri", label_en: "Produces" },
    { term: "dct:title", is_class: false, label_tr: "Ad", label_en: "Title" },
  ],
};

describe("triples", () => {
  it("are read with languages, datatypes, blank nodes and escapes", () => {
    const text =
      '<http://a/s> <http://a/p> "say \\"hi\\"\\n\\u0130"@tr .\n' +
      `_:b1 <http://a/p> "7"^^<${INTEGER}> .\n` +
      "<http://a/s> <http://a/p> _:b1 .\n";
    const rows = triplesOf(text);
    expect(rows.map((row) => row[2])).toEqual([
      { type: "literal", value: 'say "hi"\nİ', "xml:lang": "tr" },
      { type: "literal", value: "7", datatype: INTEGER },
      { type: "bnode", value: "b1" },
    ]);
    expect(rows[1]?.[0]).toEqual({ type: "bnode", value: "b1" });
  });
});

describe("columns of numbers", () => {
  it("hold numbers and nothing else", () => {
    const number: Term = { type: "literal", value: "3", datatype: INTEGER };
    const word: Term = { type: "literal", value: "3" };
    const rows = [
      [word, number, number, undefined],
      [word, number, word, undefined],
    ];
    const answer: Answer = {
      kind: "rows",
      columns: ["a", "b", "c", "d"],
      rows,
      isYes: false,
      milliseconds: 1,
      sequence: 1,
    };
    expect(numericColumns(answer)).toEqual([1]);
  });
});

describe("what a word can become", () => {
  const texts = (text: string, before: string): string[] =>
    complete({ text, start: 0, before }, ["?service", "?sector"], VOCABULARY).map((one) => one.text);

  it("is a class after `a`, and a property elsewhere first", () => {
    expect(texts("cpsv:", "?x a")).toEqual(["cpsv:PublicService"]);
    expect(texts("cpsv:", "?x")).toEqual(["cpsv:produces", "cpsv:PublicService"]);
  });

  it("is found by its label in either language", () => {
    expect(texts("üret", "?x")).toEqual(["cpsv:produces"]);
    expect(texts("title", "?x")).toEqual(["dct:title"]);
  });

  it("is a variable of the query", () => {
    expect(texts("?se", "")).toEqual(["?service", "?sector"]);
    expect(texts("?service", "")).toEqual([]);
  });

  it("is a prefix", () => {
    expect(texts("cp", "?x")[0]).toBe("cpsv:");
  });
});

describe("the gist of a query", () => {
  it("is its comment, or its first line that declares nothing", () => {
    expect(gist("PREFIX a: <b>\nSELECT * { ?a ?b ?c }")).toBe("SELECT * { ?a ?b ?c }");
    expect(gist("PREFIX a: <b>\n# Services\nSELECT * {}")).toBe("Services");
  });
});

describe("numbers of the data", () => {
  it("are grouped from five digits on and lose none of them", () => {
    const given = ["1995", "12345", "-9007199254740993", "1234567.50", "0.00000001", "1.5E3", "007", "INF"];
    const shown = ["1995", "12.345", "-9.007.199.254.740.993", "1.234.567,50", "0.00000001", "1.5E3", "007", "INF"];
    expect(given.map((value) => grouped(value, ".", ","))).toEqual(shown);
  });

  it("name the bars by the first column where all columns say numbers", () => {
    const number: Term = { type: "literal", value: "3", datatype: INTEGER };
    const answer = (...columns: string[]): Answer => ({
      kind: "rows",
      columns,
      rows: [columns.map(() => number)],
      isYes: false,
      milliseconds: 1,
      sequence: 1,
    });
    expect(columnsOf(answer("year", "one", "other"))).toEqual({ labels: [0], lengths: [1, 2] });
    expect(draws(answer("year", "one"))).toBe(true);
    expect(draws(answer("one"))).toBe(false);
  });
});

describe("names", () => {
  afterEach(() => void vi.unstubAllGlobals());

  it("are done without where the service is not reached or says something else", async () => {
    vi.stubGlobal("document", { documentElement: { lang: "tr", dataset: {} } });
    const names = new Names();
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
    expect(await names.learn(["http://a/b"])).toBe(false);
    vi.stubGlobal("fetch", () => Promise.resolve(new Response("<html>")));
    expect(await names.learn(["http://a/b"])).toBe(false);
    const name = { iri: "http://a/b", text: "B", href: null, kind: "", shape: "", id: "" };
    vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ names: [name] })));
    expect(await names.learn(["http://a/b"])).toBe(true);
    expect(names.of("http://a/b")?.text).toBe("B");
  });
});

describe("what a query of the list gave", () => {
  it("is a count of rows or triples, or yes or no", () => {
    const speech = {
      say: (key: string, values = {}) => `${key} ${Object.values(values).join()}`.trim(),
      number: String,
    };
    const asked = { query: "", at: "", rows: 0 };
    expect(gave({ ...asked, rows: 7 }, speech)).toBe("rows 7");
    expect(gave({ ...asked, rows: 7, kind: "triples" }, speech)).toBe("triples 7");
    expect(gave({ ...asked, kind: "boolean", isYes: true }, speech)).toBe("asked_yes");
    expect(gave({ ...asked, kind: "boolean", isYes: false }, speech)).toBe("asked_no");
  });
});
