import { describe, expect, it } from "vitest";
import { numericColumns, triplesOf, type Answer, type Term } from "../src/pages/sparql/answer";
import { complete } from "../src/pages/sparql/completing";
import { gist } from "../src/pages/sparql/history";

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
