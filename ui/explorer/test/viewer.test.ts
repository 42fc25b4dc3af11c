import { expect, test } from "vitest";
import { folded, matching } from "../src/pages/viewer/folding";
import { LEAST_READABLE, opened, showing, viewBox, whole } from "../src/pages/viewer/geometry";
import { Web, type Item } from "../src/pages/viewer/web";

const frame = { width: 1000, height: 600 };

test("a picture that fits opens in the middle at its own size", () => {
  expect(opened({ width: 600, height: 400 }, frame, null)).toEqual({ k: 1, x: 200, y: 0 });
});

test("a picture somewhat wider than the frame opens as wide as the frame", () => {
  expect(opened({ width: 1250, height: 400 }, frame, null)).toEqual({ k: 0.8, x: 0, y: 0 });
});

test("a very large picture opens readable, around what it starts from, and never beyond its edge", () => {
  const picture = { width: 5000, height: 4000 };
  const start = { x: 2000, y: 2000, width: 200, height: 60 };
  const place = opened(picture, frame, start);
  expect(place.k).toBe(LEAST_READABLE);
  const left = place.k * start.x + place.x;
  const top = place.k * start.y + place.y;
  expect([left > 0, left < frame.width / 2, top > 0, top < frame.height / 2]).toEqual([true, true, true, true]);
  const last = opened(picture, frame, { x: 4800, y: 3900, width: 200, height: 60 });
  expect(last.x).toBeGreaterThanOrEqual(frame.width - LEAST_READABLE * picture.width);
});

test("the whole picture is seen at once when it is fitted", () => {
  const place = whole({ width: 5000, height: 1200 }, frame);
  expect(place).toEqual({ k: 0.2, x: 0, y: 180 });
  expect(viewBox(place, frame)).toBe("0.00 -900.00 5000.00 3000.00");
});

test("what is out of sight is moved into it, what is seen stays where it is", () => {
  const place = { k: 1, x: 0, y: 0 };
  expect(showing(place, { x: 100, y: 100, width: 200, height: 50 }, frame)).toEqual(place);
  const moved = showing(place, { x: 1500, y: -300, width: 200, height: 50 }, frame);
  expect(moved.x + 1500 + 200).toBeLessThanOrEqual(frame.width);
  expect(moved.y - 300).toBeGreaterThanOrEqual(0);
  expect(showing(place, { x: 50, y: 100, width: 200, height: 50 }, frame, 192).x).toBeGreaterThan(100);
});

test("a search finds without case, marks or dots, and every word of it", () => {
  expect(folded("İçişleri BAKANLIĞI")).toBe("icisleri bakanligi");
  const texts = ["Nüfus ve Vatandaşlık İşleri", "Iğdır Valiliği", "Nüfus kayıt örneği"];
  expect(matching(texts, "NUFUS")).toEqual([0, 2]);
  expect(matching(texts, "igdir")).toEqual([1]);
  expect(matching(texts, "nüfus ornegi")).toEqual([2]);
  expect(matching(texts, "  ")).toEqual([]);
});

test("arrow keys lead from a box along its arrow to the next box, back, and to the arrow beside", () => {
  const box = (id: string): Item => ({ kind: "box", id, title: id });
  const arrow = (source: string, target: string): Item => ({ kind: "arrow", source, target, title: "" });
  const [a, b, c] = [box("a"), box("b"), box("c")] as const;
  const [ab, ac] = [arrow("a", "b"), arrow("a", "c")] as const;
  const web = new Web<Item>([ab, ac, a, b, c]);
  expect(web.next(a, "out", null)).toBe(ab);
  expect(web.next(ab, "after", a)).toBe(ac);
  expect(web.next(ac, "out", a)).toBe(c);
  expect(web.next(c, "in", a)).toBe(ac);
  expect(web.next(a, "after", null)).toBe(b);
  expect(web.next(c, "after", null)).toBeUndefined();
  expect(web.around(b)).toEqual(new Set([b, ab, a]));
});
