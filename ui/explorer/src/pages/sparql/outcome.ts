/** What a query gave, in the view the reader chose, with the other views and the files. */

import { button, make } from "../../explorer/elements";
import { enhance as enhanceViewer } from "../viewer";
import type { Answer } from "./answer";
import { chart, draws } from "./chart";
import type { Names } from "./names";
import type { Speech } from "./speech";
import { table } from "./table";
import { rooted } from "../../root";

export type View = "table" | "graph" | "chart";

/** The section of a result, and in a sentence what it holds; `given` is its
    picture where the page came with it, `chose` hears of the view that was chosen. */
export function outcome(
  query: string,
  answer: Answer,
  wanted: View,
  formats: readonly (readonly [string, string])[],
  names: Names,
  speech: Speech,
  given: HTMLElement | null,
  chose: (view: View) => void,
): { element: HTMLElement; told: string } {
  const views = viewsOf(answer);
  let view: View = views.includes(wanted) ? wanted : "table";
  const stage = make("div", { class: "result-stage" });

  const draw = (): void => {
    for (const choice of choices) choice.setAttribute("aria-pressed", String(choice.dataset.view === view));
    if (view === "graph" && given !== null) stage.replaceChildren(given);
    else if (view === "graph")
      void graph(query, speech).then((drawn) => {
        given = drawn;
        if (view === "graph") stage.replaceChildren(drawn);
      });
    else if (answer.kind === "boolean") stage.replaceChildren();
    else stage.replaceChildren((view === "chart" ? chart : table)(answer, names, speech));
  };
  const choices = views.map((name) =>
    button(
      speech.say(`view_${name}`),
      () => {
        view = name;
        chose(name);
        draw();
      },
      { class: "small", "data-view": name },
    ),
  );
  const files = formats.map(([format, name]) => {
    const href = rooted(`/sparql?${new URLSearchParams({ query, format })}`);
    return make("li", {}, make("a", { href, download: true }, name));
  });

  const lead = leadOf(answer, speech);
  const told = speech.say("told", {
    milliseconds: speech.number(answer.milliseconds),
    sequence: speech.number(answer.sequence),
  });
  const bar = make(
    "div",
    { class: "result-bar" },
    views.length > 1
      ? make("div", { class: "views", role: "group", "aria-label": speech.say("views") }, ...choices)
      : null,
    make("ul", { class: "row files", "aria-label": speech.say("files") }, ...files),
  );
  const heading = make("h2", { id: "result-heading" }, speech.say("result"));
  const line = make(
    "p",
    { class: "result-told" },
    make("strong", {}, lead),
    " ",
    make("span", { class: "quiet" }, told),
  );
  draw();
  const element = make("section", { id: "result", "aria-labelledby": "result-heading" }, heading, line, bar, stage);
  return { element, told: lead };
}

function leadOf(answer: Answer, speech: Speech): string {
  if (answer.kind === "boolean") return speech.say(answer.isYes ? "yes" : "no");
  return speech.say(answer.kind, { count: speech.number(answer.rows.length) });
}

/** What a result can be seen as: three columns are a thing, what it is to another, and that one. */
function viewsOf(answer: Answer): View[] {
  const isThing = (type: string | undefined): boolean => type === "uri" || type === "bnode";
  const hasEdges =
    answer.columns.length === 3 && answer.rows.some((row) => isThing(row[0]?.type) && isThing(row[2]?.type));
  return ["table", ...(hasEdges ? ["graph" as const] : []), ...(draws(answer) ? ["chart" as const] : [])];
}

/** The picture that the page without script has, which the server lays out, with all that pictures of pages can do. */
async function graph(query: string, speech: Speech): Promise<HTMLElement> {
  const address = rooted(
    `/sparql?${new URLSearchParams({ query, view: "graph", lang: document.documentElement.lang })}`,
  );
  const text = await fetch(address, { headers: { Accept: "text/html" } }).then(
    (response) => response.text(),
    () => null,
  );
  if (text === null) return make("p", { class: "notice" }, speech.say("unreachable"));
  const page = new DOMParser().parseFromString(text, "text/html");
  const drawn = page.querySelector<HTMLElement>(".viewer");
  if (drawn === null)
    return make("p", { class: "notice" }, page.querySelector("#trouble")?.textContent ?? speech.say("picture_none"));
  const home = document.importNode(drawn, true);
  // The viewer measures what it shows: it waits until the picture is in the page.
  queueMicrotask(() => enhanceViewer(home));
  return home;
}
