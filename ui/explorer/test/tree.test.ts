import { expect, test } from "vitest";
import { type Branch, placeUnder, rowBeginningWith, TOP, Tree, waysOf } from "../src/pages/tree/model";

function unit(id: string, units = 0, title = `Birim ${id}`): Branch {
  const thing = { id, title, title_en: null, state: "valid" as const };
  return { thing, units, is_institution: false, other_parents: [], tie_from: null, tie_to: null };
}

function treeOf(...roots: Branch[]): Tree {
  const tree = new Tree();
  tree.add(TOP, { rows: roots, total: roots.length, next_cursor: null });
  return tree;
}

const keys = (tree: Tree): string[] => tree.rows.map((row) => row.key);

test("units stand under their opened unit, one level deeper, with their place among all", () => {
  const tree = treeOf(unit("1", 2), unit("2"));
  tree.open("1");
  expect(keys(tree)).toEqual(["1", "1+", "2"]);
  tree.add("1", { rows: [unit("3"), unit("4", 1)], total: 2, next_cursor: null });
  expect(keys(tree)).toEqual(["1", "1-3", "1-4", "2"]);
  expect(tree.rows[2]).toMatchObject({ level: 2, size: 2, position: 2, expanded: false });
  expect(tree.rows[3]).toMatchObject({ level: 1, position: 2, expanded: null });
});

test("a page is followed by a row for what is still to come, until the last one was read", () => {
  const tree = treeOf(unit("1", 3));
  tree.open("1");
  tree.add("1", { rows: [unit("2"), unit("3")], total: 3, next_cursor: "next" });
  expect(tree.nextCursor("1")).toBe("next");
  expect(tree.rows.at(-1)).toMatchObject({ kind: "more", parent: "1" });
  tree.fail("1");
  expect(tree.rows.at(-1)).toMatchObject({ kind: "failed" });
  tree.add("1", { rows: [unit("3"), unit("4")], total: 3, next_cursor: null });
  expect(keys(tree)).toEqual(["1", "1-2", "1-3", "1-4"]);
  expect(tree.nextCursor("1")).toBeUndefined();
});

test("a unit that was looked for stands after those read, and in its place once its page has come", () => {
  const tree = treeOf(unit("1", 3));
  tree.open("1");
  tree.add("1", { rows: [unit("2")], total: 3, next_cursor: "next" });
  tree.bring("1", unit("4"));
  expect(keys(tree)).toEqual(["1", "1-2", "1-4", "1+"]);
  expect(tree.rows[2]).toMatchObject({ position: 0 });
  expect(tree.rows[3]).toMatchObject({ kind: "held", count: 1 });
  tree.add("1", { rows: [unit("3"), unit("4")], total: 3, next_cursor: null });
  expect(keys(tree)).toEqual(["1", "1-2", "1-3", "1-4"]);
  expect(tree.rows[3]).toMatchObject({ position: 3 });
});

test("the address holds the deepest open places and leads back to them", () => {
  const tree = treeOf(unit("10000001", 1), unit("10000002", 1));
  tree.add("10000001", { rows: [unit("10000003", 1)], total: 1, next_cursor: null });
  for (const key of ["10000001", "10000001-10000003", "10000002"]) tree.open(key);
  expect(tree.permalink).toBe("10000001-10000003.10000002");
  expect(waysOf(`${tree.permalink}.x.../`)).toEqual([["10000001", "10000003"], ["10000002"]]);
  tree.close("10000001");
  expect(tree.permalink).toBe("10000002");
});

test("letters lead to the next title that begins with them, in Turkish letters, and round about", () => {
  const rows = treeOf(unit("1", 0, "İçişleri"), unit("2", 0, "Isparta"), unit("3", 0, "İzmir")).rows;
  const found = (letters: string, from: number): number => rowBeginningWith(rows, letters, from, (b) => b.thing.title);
  expect([found("i", 0), found("i", 1), found("ı", 0), found("İZ", 0), found("x", 0)]).toEqual([0, 2, 1, 2, -1]);
});

test("20,000 units under one are laid out once, and found by their place", () => {
  const tree = treeOf(unit("1", 20_000), unit("2"));
  tree.open("1");
  const rows = Array.from({ length: 20_000 }, (_, number) => unit(String(100 + number)));
  tree.add("1", { rows, total: 20_000, next_cursor: null });
  expect(tree.rows).toHaveLength(20_002);
  expect(tree.rows).toBe(tree.rows);
  expect(tree.indexOf(placeUnder("1", "20099"))).toBe(20_000);
  expect(tree.indexOf("2")).toBe(20_001);
});
