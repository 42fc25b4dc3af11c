/** Rows as bars: one column names them, one or more columns of numbers are their lengths. The table says the same. */

import { make, refill, tick } from "../../explorer/elements";
import { svg } from "../../explorer/sign";
import { numberOf, numericColumns, type Answer, type Row } from "./answer";
import type { Names } from "./names";
import type { Speech } from "./speech";

// guess: more bars than this are not compared by eye; the table has all rows.
const MOST_BARS = 40;
const MOST_SERIES = 4;
const WIDTH = 960;
const LABELS = 330;
const VALUES = 70;
const THICK = 18;
const GAP = 10;
const TOP = 8;

/** Whether there is something to draw: a column of numbers, and another that names the bars. */
export function draws(answer: Answer): boolean {
  const { labels, lengths } = columnsOf(answer);
  return answer.kind === "rows" && labels.length > 0 && lengths.length > 0 && answer.rows.length > 0;
}

/** The columns that can name the bars and those that say how long they are; where all say numbers, the first names. */
export function columnsOf(answer: Answer): { labels: number[]; lengths: number[] } {
  const numeric = numericColumns(answer);
  const lengths = numeric.length === answer.columns.length ? numeric.slice(1) : numeric;
  return { labels: [...answer.columns.keys()].filter((index) => !lengths.includes(index)), lengths };
}

/** The chart with the columns to choose from. */
export function chart(answer: Answer, names: Names, speech: Speech): HTMLElement {
  const { labels: others, lengths: numeric } = columnsOf(answer);
  const shown = new Set(numeric.slice(0, MOST_SERIES));
  let label = others[0] ?? 0;
  const drawn = make("div", {
    class: "picture chart",
    role: "region",
    tabindex: 0,
    "aria-labelledby": "result-heading",
  });
  const note = make("p", { class: "quiet" });
  const rows = answer.rows.slice(0, MOST_BARS);

  const draw = (): void => {
    const series = numeric.filter((index) => shown.has(index));
    const nameOf = (row: Row): string => {
      const term = row[label];
      if (term === undefined) return "–";
      if (term.type === "uri") return names.of(term.value)?.text ?? term.value;
      return numberOf(term) === null ? term.value : speech.written(term.value);
    };
    refill(drawn, bars(answer, rows, series, nameOf, speech) as unknown as Node);
    const cut = { shown: speech.number(rows.length), total: speech.number(answer.rows.length) };
    note.textContent = rows.length < answer.rows.length ? speech.say("chart_cut", cut) : "";
  };

  const named = make(
    "select",
    { id: "chart-label" },
    ...others.map((index) => make("option", { value: index }, answer.columns[index] ?? "")),
  );
  named.addEventListener("change", () => {
    label = Number(named.value);
    draw();
  });
  const boxes = numeric.map((index, place) =>
    tick(
      answer.columns[index] ?? "",
      shown.has(index),
      (isOn) => {
        if (isOn) shown.add(index);
        else shown.delete(index);
        draw();
      },
      make("span", { class: `swatch series-${place % MOST_SERIES}`, "aria-hidden": "true" }),
    ),
  );
  const picks = make(
    "div",
    { class: "chart-picks" },
    others.length > 1 ? make("label", { for: "chart-label" }, speech.say("chart_label"), " ", named) : null,
    numeric.length > 1 ? make("span", { role: "group", "aria-label": speech.say("chart_values") }, ...boxes) : null,
  );
  const iris = rows.flatMap((row) => row.flatMap((term) => (term?.type === "uri" ? [term.value] : [])));
  void names.learn(iris).then(draw);
  return make("div", {}, picks, note, drawn);
}

function bars(
  answer: Answer,
  rows: readonly Row[],
  series: readonly number[],
  nameOf: (row: Row) => string,
  speech: Speech,
): SVGElement {
  const numeric = columnsOf(answer).lengths;
  const values = rows.map((row) => series.map((index) => numberOf(row[index]) ?? 0));
  const [least, most] = [Math.min(0, ...values.flat()), Math.max(0, ...values.flat())];
  const room = WIDTH - LABELS - VALUES;
  const at = (value: number): number => LABELS + ((value - least) / (most - least || 1)) * room;
  const high = THICK * Math.max(series.length, 1) + GAP;
  const height = TOP + rows.length * high;
  const told = speech.say("chart_about", {
    rows: speech.number(rows.length),
    columns: series.map((index) => answer.columns[index]).join(", "),
  });
  const drawn = rows.flatMap((row, place) => {
    const top = TOP + place * high;
    const name = nameOf(row);
    const title = svg("title", {}, name);
    const middle = top + (high - GAP) / 2;
    const text = svg(
      "text",
      { class: "bar-name", x: LABELS - 10, y: middle, "text-anchor": "end" },
      short(name),
      title,
    );
    return [
      text,
      ...series.flatMap((index, turn) =>
        bar(values[place]?.[turn] ?? 0, row[index]?.value ?? "", top + turn * THICK, numeric.indexOf(index)),
      ),
    ];
  });

  function bar(value: number, told: string, top: number, colour: number): SVGElement[] {
    const [from, to] = [at(Math.min(0, value)), at(Math.max(0, value))];
    const box = { x: from, y: top, width: Math.max(to - from, 1), height: THICK - 2, rx: 2 };
    const said = svg("text", { class: "bar-value", x: to + 6, y: top + (THICK - 2) / 2 }, speech.written(told));
    return [svg("rect", { class: `series-${colour % MOST_SERIES}`, ...box }), said];
  }

  const base = svg("line", { class: "chart-base", x1: at(0), x2: at(0), y1: 0, y2: height });
  return svg(
    "svg",
    { class: "chart", viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": told },
    base,
    ...drawn,
  );
}

function short(name: string): string {
  return name.length <= 42 ? name : `${name.slice(0, 41)}…`;
}
