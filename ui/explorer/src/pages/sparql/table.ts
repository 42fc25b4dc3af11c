/** Rows as a table that is sorted, filtered and leafed through. */

import { button, make, refill } from "../../explorer/elements";
import { svg } from "../../explorer/sign";
import { numberOf, numericColumns, type Answer, type Row, type Term } from "./answer";
import type { Names } from "./names";
import type { Speech } from "./speech";
import { rooted } from "../../root";

const ON_A_PAGE = 100;
// Sorting and searching by names need all of them; beyond this the order, and what is found, is that of the IRIs.
const MOST_NAMED = 2_000;

interface State {
  sorted: number | null;
  isDown: boolean;
  filter: string;
  page: number;
}

/** The table with what leads through it. */
export function table(answer: Answer, names: Names, speech: Speech): HTMLElement {
  const state: State = { sorted: null, isDown: false, filter: "", page: 0 };
  const numeric = new Set(numericColumns(answer));
  const folded = new Map<Row, string>();
  const box = make("div", { class: "wide", role: "region", "aria-labelledby": "result-heading", tabindex: 0 });
  const told = make("span", { class: "quiet", role: "status" });
  const paging = make("nav", { class: "paging", "aria-label": speech.say("paging") });
  const filter = make("input", { type: "search", id: "result-filter", autocomplete: "off" });

  const textOf = (term: Term | undefined): string =>
    term === undefined ? "" : term.type === "uri" ? (names.of(term.value)?.text ?? term.value) : term.value;
  const foldedOf = (row: Row): string => {
    const held = folded.get(row) ?? speech.fold(row.map((term) => `${textOf(term)} ${term?.value ?? ""}`).join(" "));
    folded.set(row, held);
    return held;
  };
  const iris = (rows: readonly Row[], column?: number): string[] =>
    rows
      .flatMap((row) => (column === undefined ? row : [row[column]]))
      .flatMap((term) => (term?.type === "uri" ? [term.value] : []));

  const shown = (): Row[] => {
    const words = speech.fold(state.filter).split(/\s+/).filter(Boolean);
    const kept = answer.rows.filter((row) => words.every((word) => foldedOf(row).includes(word)));
    const column = state.sorted;
    if (column === null) return kept;
    const sign = state.isDown ? -1 : 1;
    const compared = numeric.has(column)
      ? (one: Row, other: Row) => (numberOf(one[column]) ?? -Infinity) - (numberOf(other[column]) ?? -Infinity)
      : (one: Row, other: Row) => speech.compare(textOf(one[column]), textOf(other[column]));
    return kept.sort((one, other) => sign * compared(one, other));
  };

  const learn = async (wanted: Iterable<string>): Promise<void> => {
    if (await names.learn(wanted)) folded.clear();
  };

  let turns = 0;
  const draw = async (): Promise<void> => {
    const turn = ++turns;
    const kept = shown();
    const pages = Math.max(1, Math.ceil(kept.length / ON_A_PAGE));
    state.page = Math.min(state.page, pages - 1);
    const page = kept.slice(state.page * ON_A_PAGE, (state.page + 1) * ON_A_PAGE);
    await learn(iris(page));
    if (turn !== turns) return;
    const rows = page.map((row) =>
      make("tr", {}, ...row.map((term, index) => cell(term, numeric.has(index), names, speech))),
    );
    const none = make("p", { class: "empty" }, speech.say(answer.rows.length === 0 ? "empty" : "filter_none"));
    const body = make(
      "table",
      { class: "result" },
      make("thead", {}, make("tr", {}, ...heads())),
      make("tbody", {}, ...rows),
    );
    refill(box, rows.length === 0 ? none : body);
    const counts = { shown: speech.number(kept.length), total: speech.number(answer.rows.length) };
    told.textContent = kept.length === answer.rows.length ? "" : speech.say("filtered", counts);
    refill(paging, ...(pages === 1 ? [] : pagers(pages)));
  };

  const heads = (): HTMLElement[] =>
    answer.columns.map((name, index) => {
      const isSorted = state.sorted === index;
      const mark = isSorted ? (state.isDown ? " ↓" : " ↑") : "";
      const sort = button(
        `${answer.kind === "triples" ? speech.say(`column_${name}`) : name}${mark}`,
        () => void resort(index),
        { "data-keep": `sort.${index}` },
      );
      const order = isSorted ? (state.isDown ? "descending" : "ascending") : null;
      return make("th", { scope: "col", class: numeric.has(index) ? "number" : null, "aria-sort": order }, sort);
    });

  const resort = async (index: number): Promise<void> => {
    state.isDown = state.sorted === index ? !state.isDown : numeric.has(index);
    state.sorted = index;
    state.page = 0;
    const column = new Set(iris(answer.rows, index));
    if (column.size <= MOST_NAMED) await learn(column);
    await draw();
  };

  const pagers = (pages: number): HTMLElement[] => {
    const to = (page: number): void => {
      state.page = page;
      void draw().then(() => box.scrollIntoView({ block: "nearest" }));
    };
    const back = button(speech.say("previous"), () => to(state.page - 1), { class: "small", "data-keep": "previous" });
    const on = button(speech.say("next"), () => to(state.page + 1), { class: "small", "data-keep": "next" });
    back.disabled = state.page === 0;
    on.disabled = state.page === pages - 1;
    const where = speech.say("page", { page: speech.number(state.page + 1), pages: speech.number(pages) });
    return [back, make("span", {}, where), on];
  };

  let learnt: Promise<void> | null = null;
  filter.addEventListener("input", () => {
    state.filter = filter.value;
    state.page = 0;
    learnt ??= learn([...new Set(iris(answer.rows))].slice(0, MOST_NAMED));
    void learnt.then(draw);
  });
  void draw();
  const search = make(
    "p",
    { class: "result-filter" },
    make("label", { for: filter.id }, speech.say("filter")),
    filter,
    told,
  );
  return make("div", {}, answer.rows.length > 1 ? search : null, box, paging);
}

function cell(term: Term | undefined, isNumber: boolean, names: Names, speech: Speech): HTMLElement {
  const box = make("td", { class: isNumber ? "number" : null });
  if (term === undefined) return box;
  if (term.type === "uri") {
    box.append(...named(term.value, names));
  } else {
    box.append(isNumber ? speech.written(term.value) : term.type === "bnode" ? `_:${term.value}` : term.value);
    if (term["xml:lang"] !== undefined) box.lang = term["xml:lang"];
  }
  return box;
}

/** An IRI as a link by its name, with the icon of its kind. */
export function named(iri: string, names: Names): (Node | string)[] {
  const name = names.of(iri);
  const link = make("a", { href: name?.href ?? iri, title: iri }, name?.text ?? iri);
  if (name === undefined || name.shape === "") return [name?.href === null ? name.text : link];
  const use = svg("use", { href: rooted(`/static/kinds.svg#${name.shape}`) });
  const drawn = svg("svg", { class: `icon ${name.shape}`, viewBox: "0 0 40 40", "aria-hidden": "true" }, use);
  const kind = make(
    "span",
    { class: "kind", title: name.kind },
    drawn,
    make("span", { class: "kind-name" }, name.kind),
  );
  return [kind, " ", link, " ", make("span", { class: "id" }, name.id)];
}
