/** The query page with script: an editor, results as table, graph or chart, the last queries, and a way to stop. */

import { button, make } from "../explorer/elements";
import { ask, Refused, type Answer } from "./sparql/answer";
import type { Editor } from "./sparql/editor";
import { forget, gave, gist, history, remember } from "./sparql/history";
import { Names } from "./sparql/names";
import { outcome, type View } from "./sparql/outcome";
import { speechOf, type Speech } from "./sparql/speech";
import { vocabularyOf } from "./sparql/terms";
import { rooted } from "../root";

// A query that took the server longer is not asked a second time for the sake of sorting: Run does that.
const ASKED_AGAIN_MS = 1_000;
// guess: who types is not told of a word that is not finished yet.
const TOLD_AFTER_MS = 600;

/** Takes over the form of the page. */
export async function enhance(element: HTMLElement): Promise<void> {
  const page = new Page(element);
  await page.begin();
}

class Page {
  private readonly speech: Speech;
  private readonly names = new Names();
  private readonly form: HTMLFormElement;
  private readonly area: HTMLTextAreaElement;
  private readonly home: HTMLElement;
  private readonly status = make("span", { class: "query-status", role: "status" });
  private readonly syntax = make("p", { class: "query-syntax", hidden: true });
  private readonly runs: HTMLButtonElement;
  private readonly cancel: HTMLButtonElement;
  private readonly kept = make("div", { class: "query-kept" });
  private editor: Editor | null = null;
  private running: AbortController | null = null;
  /** The address whose query is shown; a step to a fragment leaves it as it is. */
  private handled = location.search;
  private typing: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly element: HTMLElement) {
    this.speech = speechOf(element);
    this.form = found<HTMLFormElement>(element, "form");
    this.area = found<HTMLTextAreaElement>(element, "textarea");
    this.home = found(element, "#outcome");
    this.runs = found(this.form, ".query-run button");
    const stop = (): void => {
      this.running?.abort();
      this.runs.focus();
    };
    this.cancel = button(this.speech.say("cancel"), stop, { hidden: true });
  }

  async begin(): Promise<void> {
    const { speech, form, area } = this;
    found(form, ".query-format").hidden = true;
    found(form, ".query-run").append(this.cancel, this.status);
    found(form, ".query-text").after(this.syntax);
    this.element.append(this.kept);
    this.listHistory();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.run();
    });
    addEventListener("popstate", () => this.fromAddress());
    const prefixes = JSON.parse(this.element.dataset.prefixes ?? "{}") as Record<string, string>;
    const [{ editor }, vocabulary] = await Promise.all([import("./sparql/editor"), vocabularyOf(prefixes)]);
    this.editor = editor(area, speech.say("query"), vocabulary, {
      run: () => void this.run(),
      leave: () => this.runs.focus(),
      checked: (line, expected) => this.tellSyntax(line, expected),
    });
    found(form, ".query-text").append(make("small", { class: "quiet query-keys" }, speech.say("keys")));
    found(form, "label").addEventListener("click", () => this.editor?.focus());
    const taken = this.home.querySelector<HTMLElement>("#result")?.dataset.milliseconds;
    if (taken !== undefined && Number(taken) < ASKED_AGAIN_MS) await this.run(false);
  }

  private get query(): string {
    return this.editor?.text() ?? this.area.value;
  }

  /** Asks, and shows what comes of it; the address becomes that of the query unless it is that already. */
  private async run(isNew = true): Promise<void> {
    const { speech, query } = this;
    if (query.trim() === "") return;
    this.running?.abort();
    const running = (this.running = new AbortController());
    const begun = performance.now();
    const tell = (): void => {
      const seconds = Math.round((performance.now() - begun) / 1_000);
      this.status.textContent = speech.say("running", { seconds: speech.number(seconds) });
    };
    const clock = setInterval(tell, 1_000);
    this.cancel.hidden = false;
    this.form.setAttribute("aria-busy", "true");
    try {
      const answer = await ask(query, running.signal);
      if (isNew) this.address(query, this.view);
      this.show(query, answer, isNew);
      this.trouble(null);
      const { kind, rows, isYes } = answer;
      remember({ query, at: new Date().toISOString(), rows: rows.length, kind, isYes });
      this.listHistory();
    } catch (error) {
      if (running.signal.aborted) this.status.textContent = this.running === running ? speech.say("cancelled") : "";
      else if (error instanceof Refused) this.trouble(error);
      else this.trouble(new Refused(speech.say("unreachable"), "", null));
    } finally {
      clearInterval(clock);
      if (this.running === running) {
        this.running = null;
        this.cancel.hidden = true;
        this.form.removeAttribute("aria-busy");
      }
    }
  }

  private get view(): View {
    const said = new URLSearchParams(location.search).get("view");
    return said === "graph" || said === "chart" ? said : "table";
  }

  private show(query: string, answer: Answer, isNew: boolean): void {
    const { speech } = this;
    // The picture that came with the page is of its query alone.
    const given = isNew ? null : this.home.querySelector<HTMLElement>(":scope > #result > .viewer");
    const chose = (view: View): void => this.address(query, view);
    const { element, told } = outcome(query, answer, this.view, this.formats(answer), this.names, speech, given, chose);
    this.home.replaceChildren(element);
    this.status.textContent = told;
  }

  /** The files the result can be had as, which the form without script lists. */
  private formats(answer: Answer): [string, string][] {
    const groups = this.form.querySelectorAll("optgroup");
    const options = [...(groups[answer.kind === "triples" ? 1 : 0]?.querySelectorAll("option") ?? [])];
    const fit = options.filter(({ value }) => answer.kind !== "boolean" || value === "json" || value === "xml");
    return fit.map(({ value, text }) => [value, text]);
  }

  private address(query: string, view: View): void {
    const said = new URLSearchParams({ query });
    if (view !== "table") said.set("view", view);
    const href = rooted(`/sparql?${said}`);
    if (href === `${location.pathname}${location.search}`) return;
    window.history.pushState(null, "", href);
    this.follow();
  }

  /** The links to the other language and the other looks lead to what is shown now. */
  private follow(): void {
    this.handled = location.search;
    for (const link of document.querySelectorAll<HTMLAnchorElement>(".preferences a")) {
      const name = link.classList.contains("language") ? "lang" : "theme";
      const said = new URLSearchParams(location.search);
      said.set(name, new URL(link.href).searchParams.get(name) ?? "");
      link.href = `${location.pathname}?${said}`;
    }
  }

  private fromAddress(): void {
    if (location.search === this.handled) return;
    this.follow();
    const query = new URLSearchParams(location.search).get("query");
    this.editor?.set(query ?? this.area.defaultValue);
    if (query !== null) return void this.run(false);
    this.running?.abort();
    this.running = null;
    this.cancel.hidden = true;
    this.form.removeAttribute("aria-busy");
    this.status.textContent = "";
    this.trouble(null);
    this.home.replaceChildren();
  }

  private trouble(error: Refused | null): void {
    this.form.querySelector("#trouble")?.remove();
    this.editor?.mark(error?.line ?? null);
    if (error === null) return;
    this.home.replaceChildren();
    this.status.textContent = "";
    const box = make(
      "div",
      { class: "notice wrong", id: "trouble", role: "alert" },
      make("strong", {}, this.speech.say("trouble")),
      make("p", {}, error.message),
      error.hint === "" ? null : make("p", {}, error.hint),
    );
    this.syntax.after(box);
  }

  private tellSyntax(line: number | null, expected: readonly string[]): void {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => {
      this.syntax.hidden = line === null;
      const words = expected.slice(0, 8).join("  ");
      if (line !== null) this.syntax.textContent = this.speech.say("syntax", { line, expected: words });
    }, TOLD_AFTER_MS);
  }

  private listHistory(): void {
    const { speech } = this;
    const asked = history();
    if (asked.length === 0) return this.kept.replaceChildren();
    const wasOpen = this.kept.querySelector("details")?.open ?? false;
    const items = asked.map((one) => {
      const { query, at } = one;
      const link = make("a", { href: rooted(`/sparql?${new URLSearchParams({ query })}`) }, gist(query));
      const moment = new Date(at).toLocaleString(document.documentElement.lang === "en" ? "en-GB" : "tr-TR");
      return make(
        "li",
        {},
        link,
        " ",
        make("span", { class: "quiet" }, speech.say("asked", { moment, gave: gave(one, speech) })),
      );
    });
    const clear = button(speech.say("history_clear"), () => {
      forget();
      this.kept.replaceChildren();
    });
    const summary = make("summary", {}, speech.say("history", { count: speech.number(asked.length) }));
    const list = make(
      "details",
      {},
      summary,
      make("p", { class: "quiet" }, speech.say("history_about")),
      make("ul", { class: "plain" }, ...items),
      clear,
    );
    list.open = wasOpen;
    this.kept.replaceChildren(list);
  }
}

function found<E extends HTMLElement = HTMLElement>(home: HTMLElement, selector: string): E {
  const element = home.querySelector<E>(selector);
  if (element === null) throw new Error(`the query page has no ${selector}`);
  return element;
}
