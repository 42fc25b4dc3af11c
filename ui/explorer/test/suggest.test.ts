import { expect, test } from "vitest";
import { folded, marked } from "../src/pages/marking";
import { leadsToPage } from "../src/pages/progress";
import { addressOf, isEnough, moved } from "../src/pages/suggest";

test("letters are compared without marks and capitals, Turkish ones too", () => {
  expect(folded("İÇİŞLERİ BAKANLIĞI ısı")).toBe("icisleri bakanligi isi");
});

test("beginnings of words that were typed are marked", () => {
  const shown = (runs: ReturnType<typeof marked>): string =>
    runs.map((run) => (run.isMatch ? `[${run.text}]` : run.text)).join("");
  expect(shown(marked("Sağlık Bakanlığı", "bakan sag"))).toBe("[Sağ]lık [Bakan]lığı");
  expect(shown(marked("Sağlık Bakanlığı", "lık"))).toBe("Sağlık Bakanlığı");
  expect(shown(marked("5018 sayılı", "50"))).toBe("[50]18 sayılı");
});

test("two letters are enough to ask, or one digit", () => {
  expect([" a ", "ab", "5", ""].map(isEnough)).toEqual([false, true, true, false]);
});

test("arrows go round about by way of the input", () => {
  expect([moved(-1, 3, 1), moved(0, 3, 1), moved(2, 3, 1), moved(-1, 3, -1), moved(0, 3, -1)]).toEqual([
    0, 1, -1, 2, -1,
  ]);
  expect(moved(-1, 0, 1)).toBe(-1);
});

test("suggestions are asked for as of the day of the page and among its kinds", () => {
  const page = "http://here/flows?at=2020-01-01";
  expect(addressOf(" nüf ", "organisation", page)).toBe(
    "/api/suggest?q=n%C3%BCf&limit=8&kind=organisation&at=2020-01-01",
  );
  expect(addressOf("5018", "", "http://here/")).toBe("/api/suggest?q=5018&limit=8");
});

test("only a link to another page of ours is waited for", () => {
  const here = { href: "http://here/flows?organisation=1", origin: "http://here" };
  const link = (href: string, target = "", download = ""): boolean =>
    leadsToPage({ href, target, download }, here, "/api/");
  expect(link("http://here/impact")).toBe(true);
  expect(link("http://here/flows?organisation=1#table")).toBe(false);
  expect(link("http://here/flows?organisation=2#table")).toBe(true);
  expect(link("http://here/api/flows?format=csv")).toBe(false);
  expect(link("http://there/")).toBe(false);
  expect(link("http://here/impact", "_blank")).toBe(false);
});
