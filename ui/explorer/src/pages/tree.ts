/** The tree of the structure: only the rows to be seen are in the page, and units come as they are opened. */

import { wordsOf } from "./words";
import { keyed } from "./tree/keys";
import { type Branch, placeUnder, type Row, TOP, Tree, type UnitRow, waysOf } from "./tree/model";
import { rowElement, type Speech, update } from "./tree/rows";
import { type Source, sourceOf } from "./tree/source";
import { Window } from "./tree/window";
import { rooted } from "../root";

/** Puts the tree in the place of the nested list, opened as the address says and down to the unit of the page. */
export async function enhance(panel: HTMLElement): Promise<void> {
  const list = panel.querySelector<HTMLElement>(".branches");
  if (list === null) return;
  const view = new View(panel);
  // The list stays as it is where the tree cannot be had.
  try {
    await view.begin();
  } catch {
    return;
  }
  panel.querySelector(".paging")?.remove();
  view.takePlaceOf(list);
  searching(panel, (id) => view.bringUp(id, null));
}

/** A unit that was chosen in the search, or typed by its number, is opened in its place. */
function searching(panel: HTMLElement, open: (id: string) => Promise<void>): void {
  const input = panel.querySelector<HTMLInputElement>("input[name=record]");
  input?.addEventListener("chosen", () => void open(input.value));
  input?.form?.addEventListener("submit", (event) => {
    if (!/^[0-9]{8}$/.test(input.value.trim())) return;
    event.preventDefault();
    // Of no such unit the page says so.
    open(input.value.trim()).catch(() => input.form?.submit());
  });
}

class View {
  private readonly source: Source;
  private readonly speech: Speech;
  private readonly tree = new Tree();
  private readonly chosen: string;
  private readonly under: string | null;
  private readonly element = document.createElement("div");
  private readonly status = document.createElement("p");
  private readonly window: Window;
  private readonly waiting = new Map<string, Promise<void>>();
  private chosenKey = "";
  private activeKey = "";

  constructor(private readonly panel: HTMLElement) {
    const { selected = "", under = "", at = "", day = "" } = panel.dataset;
    this.chosen = selected;
    this.under = under || null;
    this.source = sourceOf(at, panel.dataset.ever !== undefined);
    this.speech = this.speaking(at, day);
    this.element.className = "tree";
    this.element.tabIndex = 0;
    this.element.setAttribute("role", "tree");
    this.element.setAttribute("aria-label", this.speech.say("tree_label"));
    this.status.className = "unseen";
    this.status.setAttribute("aria-live", "polite");
    this.window = new Window(this.element, {
      make: (row) => rowElement(row, this.speech),
      update: (element, row) => this.shown(element, row),
      gone: (key) => {
        if (key === this.activeKey) this.element.removeAttribute("aria-activedescendant");
      },
    });
    this.listen();
  }

  /** Reads what is to be open at first. */
  async begin(): Promise<void> {
    const ways = waysOf(new URLSearchParams(location.search).get("open") ?? "");
    const [way] = await Promise.all([
      this.chosen ? this.source.way(this.chosen, this.under) : [],
      this.read(TOP),
      ...ways.map((ids) => this.openWay(ids)),
    ]);
    if (way.length > 0) {
      await this.openWay(
        way.map((branch) => branch.thing.id),
        way,
      );
      this.chosenKey = way.map((branch) => branch.thing.id).reduce(placeUnder, TOP);
    }
    this.activeKey = this.chosenKey || (ways[0]?.reduce(placeUnder, TOP) ?? "");
  }

  takePlaceOf(list: HTMLElement): void {
    const keys = document.createElement("p");
    keys.className = "quiet tree-keys";
    keys.id = "tree-keys";
    keys.textContent = this.speech.say("tree_keys");
    this.element.setAttribute("aria-describedby", keys.id);
    list.replaceWith(this.element, this.status, keys);
    this.window.show(this.tree.rows);
    if (this.activeKey) this.window.scrollTo(this.tree.indexOf(this.activeKey), "center");
    this.mark();
  }

  /** Opens the way to a unit, makes it the active one and gives it the focus. */
  async bringUp(id: string, under: string | null): Promise<void> {
    const way = await this.source.way(id, under);
    const ids = way.map((branch) => branch.thing.id);
    await this.openWay(ids.slice(0, -1), way);
    await this.settle(ids, way);
    this.changed();
    this.activate(this.tree.indexOf(ids.reduce(placeUnder, TOP)), "center");
    this.element.focus();
  }

  /** Opens each place on the way; a unit that is on none of the pages read is brought there where it is known. */
  private async openWay(ids: readonly string[], known: readonly Branch[] = []): Promise<void> {
    await this.settle(ids, known);
    let key = TOP;
    for (const id of ids) {
      key = placeUnder(key, id);
      if (this.tree.indexOf(key) < 0) return;
      this.tree.open(key);
    }
    await Promise.all([this.read(key)]);
  }

  private async settle(ids: readonly string[], known: readonly Branch[]): Promise<void> {
    const parents = ids.map((_, depth) => ids.slice(0, depth).reduce(placeUnder, TOP));
    await Promise.all(parents.map((parent) => this.read(parent)));
    ids.forEach((id, depth) => {
      const branch = known[depth];
      const parent = parents[depth] ?? TOP;
      if (branch !== undefined && !this.tree.holds(parent, id)) this.tree.bring(parent, branch);
      if (depth > 0) this.tree.open(parent);
    });
  }

  /** The first page under a place, unless it was read. */
  private read(key: string): Promise<void> {
    return this.tree.isLoaded(key) ? Promise.resolve() : this.readOn(key);
  }

  /** The next page under a place, once at a time. */
  private readOn(key: string): Promise<void> {
    const cursor = this.tree.nextCursor(key);
    if (cursor === undefined) return Promise.resolve();
    let reading = this.waiting.get(key);
    if (reading === undefined) {
      reading = this.source
        .page(key, cursor)
        .then((page) => this.tree.add(key, page))
        .catch((error: unknown) => {
          this.tree.fail(key);
          if (key === TOP && this.tree.rows.length <= 1) throw error;
        })
        .finally(() => this.waiting.delete(key));
      this.waiting.set(key, reading);
    }
    return reading;
  }

  private toggle(row: UnitRow): void {
    if (row.expanded === null) return;
    if (row.expanded) {
      this.tree.close(row.key);
      if (this.activeKey.startsWith(`${row.key}-`)) this.activeKey = row.key;
    } else {
      this.tree.open(row.key);
      this.status.textContent = this.speech.say("units_count", { count: this.speech.number(row.branch.units) });
    }
    this.changed();
    this.keepAddress();
  }

  /** What the rows are has changed: they are laid out and shown anew. */
  private changed(): void {
    this.window.show(this.tree.rows);
    this.mark();
  }

  /** Called for each row that is to be seen, so what is still to come is asked for when somebody looks there. */
  private shown(element: HTMLElement, row: Row): void {
    const isChosen = row.kind === "unit" && row.key === this.chosenKey;
    const isActive = row.key === this.activeKey;
    update(element, row, { isChosen, isActive }, this.speech);
    // A row far away is there only once the list has been scrolled.
    if (isActive) this.element.setAttribute("aria-activedescendant", element.id);
    if (row.kind === "more" && !this.waiting.has(row.parent)) this.readMore(row);
  }

  /** What was waited for takes the place of the row that said so, also as the active one. */
  private readMore(row: Row): void {
    const index = this.tree.indexOf(row.key);
    void this.readOn(row.parent).then(() => {
      if (this.activeKey === row.key) this.activeKey = this.tree.rows[index]?.key ?? "";
      this.changed();
    });
  }

  private activate(index: number, align: "auto" | "center" = "auto"): void {
    const row = this.tree.rows[index];
    if (row === undefined) return;
    this.activeKey = row.key;
    this.window.scrollTo(index, align);
    this.mark();
  }

  private mark(): void {
    this.element.removeAttribute("aria-activedescendant");
    this.window.render();
  }

  private listen(): void {
    this.element.addEventListener("focus", () => {
      if (this.tree.indexOf(this.activeKey) < 0) this.activate(0);
    });
    this.element.addEventListener("click", (event) => this.clicked(event));
    // A link is to lead to the tree as it is open when it is followed, in this tab or in another.
    this.element.addEventListener("pointerdown", (event) => this.refresh(event.target as HTMLElement));
    keyed(this.element, {
      rows: () => this.tree.rows,
      active: () => this.tree.indexOf(this.activeKey),
      activate: (index) => this.activate(index),
      toggle: (row) => this.toggle(row),
      openAll: (rows) => {
        for (const row of rows) this.tree.open(row.key);
        this.changed();
        this.keepAddress();
      },
      follow: (row) => (row.kind === "unit" ? location.assign(this.speech.href(row)) : this.retry(row.parent)),
      title: (branch) => this.speech.name(branch.thing),
    });
  }

  private clicked(event: MouseEvent): void {
    const target = event.target as HTMLElement;
    const row = this.rowOf(target);
    if (row === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const also = target.closest<HTMLAnchorElement>("a.also");
    if (also !== null && row.kind === "unit") {
      event.preventDefault();
      void this.bringUp(row.branch.thing.id, also.dataset.under ?? null);
      return;
    }
    if (target.closest("a") !== null) return;
    this.activeKey = row.key;
    if (row.kind === "unit") this.toggle(row);
    else this.retry(row.parent);
    this.mark();
  }

  private retry(parent: string): void {
    void this.readOn(parent).then(() => this.changed());
  }

  private refresh(target: HTMLElement): void {
    const row = this.rowOf(target);
    const link = target.closest<HTMLAnchorElement>("a.name");
    if (row?.kind === "unit" && link !== null) link.href = this.speech.href(row);
  }

  private rowOf(target: HTMLElement): Row | undefined {
    const key = target.closest<HTMLElement>(".tree-row")?.dataset.key;
    return key === undefined ? undefined : this.tree.rows[this.tree.indexOf(key)];
  }

  private keepAddress(): void {
    const address = new URL(location.href);
    if (this.tree.permalink) address.searchParams.set("open", this.tree.permalink);
    else address.searchParams.delete("open");
    history.replaceState(null, "", address);
  }

  private speaking(at: string, day: string): Speech {
    const { language = "tr", ever } = this.panel.dataset;
    const numbers = new Intl.NumberFormat(language);
    const address = (id: string, under: string | null): string => {
      const said = new URLSearchParams();
      const parameters = { under, open: this.tree.permalink, ever: ever === undefined ? "" : "true", at };
      for (const [name, value] of Object.entries(parameters)) if (value) said.set(name, value);
      const query = said.toString();
      return rooted(`/organisations/${id}${query ? `?${query}` : ""}`);
    };
    return {
      say: wordsOf(this.panel),
      name: (thing) => (language === "en" ? thing.title_en : null) ?? thing.title,
      number: (value) => numbers.format(value),
      at: day,
      href: (row) => {
        const above = row.parent.slice(row.parent.lastIndexOf("-") + 1);
        return address(row.branch.thing.id, row.branch.other_parents.length > 0 && above ? above : null);
      },
      hrefUnder: (id, parent) => address(id, parent),
    };
  }
}
