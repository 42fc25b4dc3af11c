import { describe, expect, it } from "vitest";

import { fold, sought } from "../src/pages/act_text";
import { levelOf, pageOf } from "../src/pages/act_tree";

describe("search inside a text", () => {
  it("compares without case, marks and the dot of the i", () => {
    expect(fold("İDARE ıslah Kâğıt")).toBe("idare islah kagit");
    expect(sought(" Bütçe, m.9 ")).toEqual(["butce", "m", "9"]);
  });
});

describe("the tree of an act", () => {
  it("asks for a level page by page and keeps the day", () => {
    const api = "/api/legislation/~/branches?direction=down&at=2020-01-01";
    expect(levelOf(api, "kanun-5018.m9", 0)).toBe(
      "/api/legislation/kanun-5018.m9/branches?direction=down&at=2020-01-01&limit=50",
    );
    expect(levelOf(api, "cbk-1", 50)).toMatch(/limit=50&offset=50$/);
  });

  it("leads from acts to their page among the legislation and from all else to the record", () => {
    const thing = { id: "kanun-1", kind: "legislation", title: "", title_en: null };
    expect(pageOf(thing, null)).toBe("/legislation/kanun-1");
    expect(pageOf({ ...thing, id: "heys-1", kind: "service" }, "2020-01-01")).toBe(
      "/records/service/heys-1?at=2020-01-01",
    );
  });
});
