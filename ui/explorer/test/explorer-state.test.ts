import { describe, expect, test } from "vitest";
import { meaningOf, nextPage, opening, pagesShown, wholeOf } from "../src/explorer/acts";
import { EMPTY, queryOf, stateOf, type State } from "../src/explorer/address";
import { doing, filtering, folding, hiding, pinning, toggled, unpinning } from "../src/explorer/changes";
import { mayRedo, mayUndo, stepped, wentTo } from "../src/explorer/past";
import { dropView, keepView, renameView, views } from "../src/explorer/views";
import { count } from "./explorer-fixtures";

const FULL: State = {
  acts: ["kanun-5490", "kanun-5490~in~BASED_ON~service~1", "path~kanun-5490~24308110"],
  folded: [1],
  at: "2024-05-01",
  ever: true,
  hidesEnded: true,
  hidden: ["heys-1", "heys-2"],
  pins: [{ id: "kanun-5490", x: 1.5, y: -20, after: 2 }],
  kinds: ["service"],
  types: ["BASED_ON", "REPEALS"],
  institution: "24308110",
  groups: true,
  open: ["24322010"],
  selected: ["kanun-5490"],
  camera: { x: 0.5, y: 0.25, ratio: 1.2 },
};

describe("the address", () => {
  test("tells the whole state, and the state is read back from it", () => {
    expect(stateOf(queryOf(FULL))).toEqual(FULL);
    expect(stateOf(`?${queryOf(FULL, "en")}`)).toEqual(FULL);
  });
  test("is short and readable where little was done", () => {
    expect(queryOf({ ...EMPTY, acts: ["kanun-5490", "kanun-5490~in~BASED_ON~service~1"] })).toBe(
      "act=kanun-5490&act=kanun-5490~in~BASED_ON~service~1",
    );
    expect(queryOf(EMPTY)).toBe("");
  });
  test("of nonsense is a state all the same", () => {
    expect(stateOf("pin=a~b~c~d&camera=1~x~2&fold=x,1&group=mood")).toEqual({ ...EMPTY, folded: [1] });
  });
});

describe("acts", () => {
  test("open a meaning by its first page, a hub as one node, and a whole by its pages", () => {
    expect(opening("a", count(50))).toBe("a~in~PART_OF~organisation~1");
    expect(opening("a", count(4950))).toBe("a~in~PART_OF~organisation~0");
    expect(wholeOf("a", count(4950))).toBe("a~in~PART_OF~organisation~99");
  });
  test("go on with the page after the last", () => {
    const meaning = meaningOf("a", count(200));
    expect(pagesShown([], meaning)).toBeNull();
    expect(nextPage(["a", `${meaning}~1`, `${meaning}~2`], meaning)).toBe(`${meaning}~3`);
    expect(pagesShown([`${meaning}~0`], meaning)).toBe(0);
  });
});

describe("changes", () => {
  test("an act is done once, and done again it opens what was folded", () => {
    const state = doing(doing(EMPTY, "a"), "a~in~PART_OF~organisation~1");
    expect(doing(state, "a").acts).toEqual(state.acts);
    expect(doing({ ...state, folded: [1] }, "a~in~PART_OF~organisation~1").folded).toEqual([]);
  });
  test("folding takes the last acts back and leaves those before others in their place", () => {
    const state = { ...EMPTY, acts: ["a", "a~in~X~y~1", "b", "b~in~X~y~1"] };
    expect(folding(state, (act) => act.startsWith("b~"))).toMatchObject({ acts: ["a", "a~in~X~y~1", "b"], folded: [] });
    expect(folding(state, (act) => act.startsWith("a~"))).toMatchObject({ acts: state.acts, folded: [1] });
  });
  test("what is hidden is not selected any more", () => {
    expect(hiding({ ...EMPTY, selected: ["a", "b"] }, ["a"])).toMatchObject({ hidden: ["a"], selected: ["b"] });
  });
  test("a record dragged twice before the next act has one pin, and lets go of it", () => {
    const once = pinning({ ...EMPTY, acts: ["a"] }, [{ id: "a", x: 1.26, y: 2 }]);
    const twice = pinning(once, [{ id: "a", x: 3, y: 4 }]);
    expect(twice.pins).toEqual([{ id: "a", x: 3, y: 4, after: 1 }]);
    expect(unpinning(twice, ["a"]).pins).toEqual([]);
  });
  test("a filter with every box ticked is none", () => {
    expect(filtering([], ["a", "b"], "a")).toEqual(["b"]);
    expect(filtering(["b"], ["a", "b"], "a")).toEqual([]);
    expect(toggled(["a"], "b")).toEqual(["a", "b"]);
  });
});

test("undo and redo follow the steps of the browser, and a new step forgets what was undone", () => {
  const start = { step: 0, last: 0 };
  expect([mayUndo(start), mayRedo(start)]).toEqual([false, false]);
  const undone = wentTo(stepped(stepped(start)), 1);
  expect([mayUndo(undone), mayRedo(undone)]).toEqual([true, true]);
  expect(stepped(undone)).toEqual({ step: 2, last: 2 });
});

test("views are kept, renamed and forgotten under their names", () => {
  const held = new Map<string, string>();
  const shelf = {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
  };
  keepView(shelf, { name: "one", query: "act=a" });
  keepView(shelf, { name: "one", query: "act=b" });
  keepView(shelf, { name: "two", query: "act=c" });
  renameView(shelf, "one", "first");
  dropView(shelf, "two");
  expect(views(shelf)).toEqual([{ name: "first", query: "act=b" }]);
  held.set([...held.keys()][0] ?? "", "{broken");
  expect(views(shelf)).toEqual([]);
});
