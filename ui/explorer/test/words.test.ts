import { expect, test } from "vitest";
import { wordsOf } from "../src/pages/words";

test("values are put into a text, and a text that is missing is an error", () => {
  const say = wordsOf({ dataset: { words: '{"found":"{count} kayıt"}' } } as unknown as HTMLElement);
  expect(say("found", { count: 3 })).toBe("3 kayıt");
  expect(() => say("lost")).toThrow("lost");
});
