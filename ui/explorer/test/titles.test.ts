import { expect, test } from "vitest";
import { besideOf, joined, shortened, titleOf } from "../src/titles";

const unit = {
  title: "Hukuk Hizmetleri Genel Müdürlüğü",
  title_en: null,
  distinctions: [
    { id: "il-06", title: "Ankara", title_en: null, others: 0 },
    { id: "24322010", title: "Sağlık Bakanlığı", title_en: "Ministry of Health", others: 2 },
  ],
};

test("a shared title is said with whose it is, in the language of the reader", () => {
  expect(joined(titleOf(unit, "tr"), besideOf(unit, "tr"))).toBe(
    "Hukuk Hizmetleri Genel Müdürlüğü · Ankara · Sağlık Bakanlığı +2",
  );
  expect(besideOf(unit, "en")).toBe("Ankara · Ministry of Health +2");
  expect(joined("Nüfus Kanunu", besideOf({ ...unit, distinctions: [] }, "tr"))).toBe("Nüfus Kanunu");
});

test("a label that is made short keeps what tells it from others", () => {
  const label = joined(unit.title, "Sağlık Bakanlığı");
  expect(shortened(label, "Sağlık Bakanlığı", 30)).toBe("Hukuk Hizmetleri Gene… · Sağlık Bakanlığı");
  expect(shortened(unit.title, "", 30)).toBe("Hukuk Hizmetleri Genel Müdürl…");
});
