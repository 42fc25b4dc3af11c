import { describe, expect, test } from "vitest";
import { EMPTY } from "../src/explorer/address";
import { inside } from "../src/explorer/find";
import { fitting } from "../src/explorer/labels";
import { heldActs, taskOf } from "../src/explorer/loading";
import { cutBack, merged, NOTHING } from "../src/explorer/model";
import { placed } from "../src/explorer/placing";
import { sceneOf } from "../src/explorer/scene";
import { distanceField, outline, reach } from "../src/explorer/shapes";
import { dayOf, daysOf, momentOf, momentOfEdge, momentOfRecord, numberOf, stepFrom } from "../src/explorer/time";
import { turned, waysFrom } from "../src/explorer/walking";
import { answer, edge, record, star } from "./explorer-fixtures";

const naming = { title: (thing: { title: string }) => thing.title, beside: () => "", hub: () => "hub" };
const places = new Map<string, readonly [number, number]>();
const DAY = "2026-11-25";

describe("places", () => {
  const model = merged(NOTHING, star(60));
  test("are the same to the last bit whenever they are computed, in whatever order the answer came", () => {
    const task = taskOf(model, EMPTY);
    const turnedRound = { ...task, bodies: [...task.bodies].reverse(), links: [...task.links].reverse() };
    expect([...placed(turnedRound)].sort()).toEqual([...placed(task)].sort());
  });
  test("keep everything apart, so that sixty leaves do not lie on each other", () => {
    const found = [...placed(taskOf(model, EMPTY)).values()];
    const nearest = found.map(([x, y], at) =>
      Math.min(...found.filter((_, other) => other !== at).map(([ox, oy]) => Math.hypot(x - ox, y - oy))),
    );
    expect(Math.min(...nearest)).toBeGreaterThan(3);
  });
  test("of earlier acts do not move when another act is done", () => {
    const before = placed(taskOf(model, EMPTY));
    const fresh = record("fresh", { act: 2, parent: "leaf-003", x: 12, y: 6 });
    const after = placed(taskOf(merged(model, answer(["a", "b", "c"], [fresh], [edge("fresh", "leaf-003")])), EMPTY));
    for (const [id, place] of before) expect(after.get(id)).toEqual(place);
  });
  test("of what a dragged record opens are near where it was dragged to", () => {
    const fresh = record("fresh", { act: 2, parent: "middle", x: 0, y: 12 });
    const later = merged(model, answer(["a", "b", "c"], [fresh], [edge("fresh", "middle")]));
    const found = placed(taskOf(later, { pins: [{ id: "middle", x: 300, y: 0, after: 2 }] }));
    expect(found.get("middle")).toEqual([300, 0]);
    expect(Math.hypot((found.get("fresh")?.[0] ?? 0) - 300, found.get("fresh")?.[1] ?? 0)).toBeLessThan(16);
    expect(found.get("leaf-001")).toEqual(placed(taskOf(model, EMPTY)).get("leaf-001"));
  });
});

describe("what is known", () => {
  test("takes a patch, and is cut back to what it was before", () => {
    const first = merged(NOTHING, answer(["a"], [record("a")], []));
    const second = merged(
      first,
      answer(["a", "b"], [record("b", { act: 1 })], [edge("b", "a")], { touched: [{ id: "a", counts: [] }] }),
    );
    expect([...second.records.keys()]).toEqual(["a", "b"]);
    expect(cutBack(second, 1)).toMatchObject({ records: first.records, edges: new Map() });
  });
  test("is asked only for the acts that are new, and anew on another day", () => {
    const known = merged(NOTHING, answer(["a", "b"], [record("a")], []));
    const on = { at: null, ever: false };
    expect(heldActs(known, on, { ...EMPTY, acts: ["a", "b", "c"] })).toBe(2);
    expect(heldActs(known, on, { ...EMPTY, acts: ["a", "x"] })).toBe(1);
    expect(heldActs(known, on, { ...EMPTY, acts: ["a", "b"], at: "2020-01-01" })).toBe(0);
  });
});

describe("time", () => {
  test("the last day of a life is the first on which it is over", () => {
    const life = { valid_from: "2000-01-01", valid_to: "2010-01-01" };
    expect(["1999-12-31", "2000-01-01", "2009-12-31", "2010-01-01"].map((day) => momentOf(life, day))).toEqual([
      "future",
      "valid",
      "valid",
      "ended",
    ]);
  });
  test("a record that was closed and founded again is away in between, with the edges that leave it", () => {
    const again = record("a", {
      valid_from: "2020-03-01",
      earlier_spells: [{ valid_from: "2010-01-01", valid_to: "2018-07-09" }],
    });
    const days = ["2009-12-31", "2010-01-01", "2018-07-09", "2020-02-29", "2020-03-01"];
    expect(days.map((day) => momentOfRecord(again, day))).toEqual(["future", "valid", "ended", "ended", "valid"]);
    expect(momentOfEdge(edge("a", "b"), again, "2019-01-01")).toBe("ended");
    expect(daysOf(merged(NOTHING, answer(["a"], [again], [])))).toEqual(["2010-01-01", "2018-07-09", "2020-03-01"]);
  });
  test("an edge ends with the record it leaves", () => {
    const gone = record("a", { valid_to: "2010-01-01" });
    expect(momentOfEdge(edge("a", "b"), gone, "2011-01-01")).toBe("ended");
    expect(momentOfEdge(edge("b", "a"), undefined, "2011-01-01")).toBe("valid");
  });
  test("goes from one day of change to the next", () => {
    const model = merged(
      NOTHING,
      answer(["a"], [record("a", { valid_from: "2000-01-01" })], [edge("a", "b", { valid_to: "2005-06-07" })]),
    );
    const days = daysOf(model);
    expect(days).toEqual(["2000-01-01", "2005-06-07"]);
    expect(stepFrom(days, "2003-01-01", true)).toBe("2005-06-07");
    expect(stepFrom(days, "2005-06-07", true)).toBe("2005-06-07");
    expect(dayOf(numberOf("2005-06-07"))).toBe("2005-06-07");
  });
  test("hides what has not begun and keeps what has ended as a shade", () => {
    const model = merged(
      NOTHING,
      answer(
        ["a"],
        [record("a"), record("new", { valid_from: "2020-01-01" }), record("old", { valid_to: "2010-01-01" })],
        [],
      ),
    );
    const scene = sceneOf(model, { ...EMPTY, ever: true }, places, "2015-01-01", naming);
    expect([...scene.nodes.values()].map((node) => [node.key, node.standing])).toEqual([
      ["a", "valid"],
      ["old", "ended"],
    ]);
    expect(sceneOf(model, { ...EMPTY, ever: true, hidesEnded: true }, places, "2015-01-01", naming).nodes.size).toBe(1);
  });
});

describe("the scene", () => {
  const model = merged(
    NOTHING,
    answer(
      ["a", "b"],
      [
        record("a", { institution: "home" }),
        record("b", { institution: "home", act: 1 }),
        record("c", { institution: "away", kind: "service" }),
      ],
      [edge("a", "c"), edge("b", "c"), edge("a", "b", { type: "BASED_ON" })],
      { institutions: { home: record("home").thing, away: record("away").thing } },
    ),
  );
  const keys = (state: Partial<typeof EMPTY>) => {
    const { nodes, edges } = sceneOf(model, { ...EMPTY, ...state }, places, DAY, naming);
    return [[...nodes.keys()].join(), edges.size];
  };
  test("shows what filters, folds and hiding let through", () => {
    expect(keys({})).toEqual(["a,b,c", 3]);
    expect(keys({ kinds: ["organisation"] })).toEqual(["a,b", 1]);
    expect(keys({ types: ["BASED_ON"] })).toEqual(["a,b,c", 1]);
    expect(keys({ institution: "away" })).toEqual(["c", 0]);
    expect(keys({ folded: [1] })).toEqual(["a,c", 1]);
    expect(keys({ hidden: ["c"] })).toEqual(["a,b", 1]);
  });
  test("gathers the records of an institution in one node with counts, and opens it again", () => {
    const { nodes, edges } = sceneOf(model, { ...EMPTY, groups: true }, places, DAY, naming);
    expect([...nodes.values()].map((node) => [node.key, node.count])).toEqual([
      ["@home", 2],
      ["@away", 1],
    ]);
    expect([...edges.values()].map((held) => [held.source, held.target, held.count])).toEqual([["@home", "@away", 2]]);
    expect(keys({ groups: true, open: ["home"] })).toEqual(["a,b,@away", 3]);
  });
});

test("ways around a node go with the clock, and a direction finds the nearest", () => {
  const spots = new Map<string, readonly [number, number]>([["m", [0, 0]], ["up", [0, 9]], ["right", [9, 0]], ["down", [0, -9]]]); // prettier-ignore
  const model = merged(
    NOTHING,
    answer(
      ["m"],
      ["m", "up", "right", "down"].map((id) => record(id)),
      [edge("down", "m"), edge("m", "right"), edge("m", "up")],
    ),
  );
  const scene = sceneOf(model, EMPTY, spots, DAY, naming);
  expect(waysFrom(scene, "m").map((way) => [way.other.key, way.isOutward])).toEqual([
    ["up", true],
    ["right", true],
    ["down", false],
  ]);
  expect([turned(2, 1, 3), turned(0, -1, 3), turned(0, 1, 0)]).toEqual([0, 2, 0]);
});

test("names in the picture are found in Turkish letters and without their dots", () => {
  const nodes = [
    { key: "kanun-5490", kind: "legislation", label: "NÜFUS HİZMETLERİ KANUNU" },
    { key: "x", kind: "place", label: "Isparta" },
  ];
  expect(inside(nodes, "nufus hizm").map((held) => held.id)).toEqual(["kanun-5490"]);
  expect(inside(nodes, "ısparta").map((held) => held.id)).toEqual(["x"]);
  expect(inside(nodes, "KANUN-54").map((held) => held.id)).toEqual(["kanun-5490"]);
});

test("an edge ends on the outline of a shape, which is drawn and measured from the same corners", () => {
  expect(reach("service", 3, 4)).toBe(1);
  expect(reach("organisation", 1, 0)).toBeCloseTo(0.84);
  expect(reach("system", 0, 1)).toBeCloseTo(0.66);
  expect(outline("provision", 0, 0, 10)).toBe("M10.00 0.00L0.00 -10.00L-10.00 0.00L0.00 10.00Z");
  expect(distanceField("service")).toContain("length(uv) - size");
});

test("a name stands where it covers no node and no other name, and the selected one stands in any case", () => {
  const spot = (key: string, x: number, y: number, weight: number) => ({ key, x, y, size: 10, width: 100, weight });
  expect([...fitting([spot("a", 200, 100, 2), spot("b", 200, 130, 1)], 800, 600)]).toEqual([
    ["a", "right"],
    ["b", "below"],
  ]);
  const crowd = Array.from({ length: 30 }, (_, at) =>
    spot(`n${at}`, 200 + (at % 6) * 22, 100 + Math.floor(at / 6) * 22, 1),
  );
  const written = fitting([...crowd, spot("chosen", 250, 140, Infinity)], 800, 600);
  expect(written.has("chosen")).toBe(true);
  expect(written.size).toBeLessThan(20);
});
