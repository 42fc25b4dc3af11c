import { expect, test } from "vitest";
import { wordsOf } from "../src/pages/words";

test("values are put into a text, and a text that is missing is an error", () => {
  const say = wordsOf({ dataset: { words: '{"found":"{count} kayıt"}' } } as unknown as HTMLElement);
  expect(say("found", { count: 3 })).toBe("3 kayıt");
  expect(() => say("lost")).toThrow("lost");
});

test("a word follows its number", () => {
  const say = wordsOf({ dataset: { words: '{"found":"{count} {count:record|records}"}' } } as unknown as HTMLElement);
  expect([say("found", { count: 1 }), say("found", { count: 1_000 })]).toEqual(["1 record", "1000 records"]);
});
