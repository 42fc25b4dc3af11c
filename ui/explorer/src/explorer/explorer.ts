/** The explorer: holds the state, and lets every piece show it. */

import { meaningOf, opening, PAGE, pagesShown } from "./acts";
import { EMPTY, type State } from "./address";
import { boxSelection } from "./box";
import { doing, folding, pinning, toggled } from "./changes";
import { canDraw, draw, type Drawing, type Gestures } from "./drawing";
import { make, refill, button } from "./elements";
import { svgOf } from "./export-svg";
import { flatView } from "./flat";
import { help } from "./help";
import { keyboard } from "./keyboard";
import { layout } from "./layout";
import { legend } from "./legend";
import { list } from "./list";
import { loading, type Known } from "./loading";
import { lookOf, watchTheme } from "./look";
import { NOTHING } from "./model";
import { panel, shownOf } from "./panel";
import { mayRedo, mayUndo } from "./past";
import { route } from "./route";
import { NO_SCENE, sceneOf, type Scene } from "./scene";
import { sharing } from "./sharing";
import { glyph } from "./sign";
import { speechOf } from "./speech";
import type { Deeds, Shown } from "./stage";
import { surroundings } from "./surroundings";
import { timeBar } from "./time-bar";
import { toolbar } from "./toolbar";

/** Takes the element over and gives it back in full when the first picture stands. */
export async function enhance(element: HTMLElement): Promise<void> {
  const speech = speechOf(element);
  const { say } = speech;
  const today = new Date().toLocaleDateString("sv");
  const ask = loading(layout(), speech.language);
  // Undoing changes what is shown, not from where it is looked at.
  const road = route((went) => {
    const next = { ...went, camera: state.camera };
    road.replace(next);
    void go(next);
  });
  // Asked before anything is built: the answer is on its way while the graphics card gets ready.
  const first = ask(road.state());
  let state: State = EMPTY;
  let known: Known = { model: NOTHING, places: new Map() };
  let scene: Scene = NO_SCENE;
  let peeked: string | null = null;
  let isBusy = false;

  const day = (): string => peeked ?? state.at ?? (known.model.at || today);
  const shown = (): Shown => ({ state, model: known.model, scene, day: day(), past: road.past(), isBusy });
  const naming = { title: speech.title, beside: speech.beside, hub: speech.hub };

  const deeds: Deeds = {
    // What the pieces were shown may be older than the last movement of the camera.
    step(next, told) {
      const seen = { ...next, camera: state.camera };
      road.push(seen);
      void go(seen, told);
    },
    open(next, told) {
      road.push(next);
      void go(next, told, true);
    },
    slip(next) {
      state = { ...next, camera: state.camera };
      road.replace(state);
      render();
    },
    undo: () => void (mayUndo(road.past()) && road.back()),
    redo: () => void (mayRedo(road.past()) && road.forward()),
    choose(key, adds) {
      deeds.slip({ ...state, selected: adds ? toggled(state.selected, key) : [key] });
    },
    enter: (key) => enter(key),
    peek(to) {
      peeked = to;
      render();
    },
    reveal: (key) => drawing?.reveal(key),
    tell(text) {
      live.textContent = text;
    },
  };

  const live = make("p", { class: "unseen", "aria-live": "polite", "data-live": true });
  const canvas = make("div", {
    class: "ex-canvas",
    tabindex: 0,
    role: "application",
    "aria-label": say("canvas"),
    "aria-description": say("canvas_about"),
  });
  const notice = make("div", { class: "ex-notice", role: "status" });
  const stage = make("div", { class: "ex-stage" }, canvas, notice);
  const keys = help(say);
  const share = sharing(
    speech,
    deeds,
    picture,
    (path) => road.address(path, { ...state, camera: drawing?.camera() ?? null }),
    element.dataset.embed === "true",
  );
  const bar = toolbar(speech, deeds, share, () => keys.showModal());
  const side = panel(speech, deeds);
  const time = timeBar(speech, deeds, today);
  const pieces = [bar, side, time, legend(speech), list(speech, deeds)];
  const [, , , signs, tables] = pieces;
  const view = make("div", { class: "ex-view" }, stage, side.element, time.element);
  const plain = [...element.children];
  const examples = element.querySelector(".explorer-plain .choices")?.cloneNode(true) ?? null;
  element.append(bar.element, view, tables?.element ?? "", keys, live);
  element.classList.add("is-alive");
  for (const child of plain) if (child instanceof HTMLElement) child.hidden = true;
  const outside = button("", () => drawing?.look(null), { class: "ex-outside", hidden: true });
  stage.append(signs?.element ?? "", zooming(), outside);

  const gestures: Gestures = {
    choose: deeds.choose,
    enter,
    menu: (key) => deeds.choose(key, false),
    hover: (key) => drawing?.hover(key),
    clear: () => deeds.slip({ ...state, selected: [] }),
    moved: (places) => deeds.step(pinning(state, places)),
    looked(camera) {
      state = { ...state, camera };
      road.replace(state);
      tellUnseen();
    },
  };
  const drawing: Drawing | null = canDraw()
    ? draw(
        canvas,
        lookOf(element),
        speech.words.icons,
        { edge: speech.edge, shape: (kind) => speech.words.kinds[kind]?.shape ?? "other" },
        gestures,
      )
    : null;
  watchTheme(() => (drawing === null ? render() : drawing.repaint(lookOf(element))));
  const around = surroundings(() => state, deeds, speech);
  keyboard(canvas, element, speech, deeds, {
    shown,
    drawing,
    panelFocus: side.focus,
    findFocus: bar.findFocus,
    help: () => keys.showModal(),
    timeStep: time.step,
  });
  boxSelection(stage, {
    view: () => drawing?.view() ?? null,
    scene: () => scene,
    one: (key) => deeds.choose(key, true),
    many: (found) => {
      deeds.slip({ ...state, selected: [...new Set([...state.selected, ...found])] });
      deeds.tell(say("selected_many", { count: speech.number(found.length) }));
    },
  });

  function render(from?: State["camera"]): void {
    scene = sceneOf(known.model, state, known.places, day(), naming);
    const now = shown();
    drawing?.show(scene, from);
    if (drawing === null) flat();
    for (const piece of pieces) piece.show(now);
    around(state, day());
    element.setAttribute("aria-busy", String(isBusy));
    tellState(now);
  }

  async function go(next: State, told?: string, isAnew = false, asked = ask(next)): Promise<void> {
    const [isFirst, before] = [state === EMPTY, state.selected];
    [state, peeked, isBusy] = [next, null, true];
    drawing?.hover(null);
    element.setAttribute("aria-busy", "true");
    try {
      const found = await asked;
      if (found === null) return;
      const isElsewhere = ![...found.model.records.keys()].some((id) => known.model.records.has(id));
      [known, isBusy] = [found, false];
      const [only] = known.model.records.keys();
      if (isFirst && only !== undefined && known.model.records.size === 1 && state.selected.length === 0) {
        state = { ...state, selected: [only] };
        road.replace(state);
      }
      // The camera of the state may have been moved over the picture before this one.
      render(isFirst || isAnew ? next.camera : isElsewhere ? null : undefined);
      // What was asked for by its name is brought into sight; what an opening adds is not.
      const [named] = isFirst || isAnew || isElsewhere || state.selected.length !== 1 ? [] : state.selected;
      if (named !== undefined && !before.includes(named)) deeds.reveal(named);
      if (told !== undefined) deeds.tell(told);
    } catch (error) {
      isBusy = false;
      element.setAttribute("aria-busy", "false");
      refuse(error instanceof Error ? error.message : String(error), next);
    }
  }

  function enter(key: string): void {
    const hub = known.model.hubs.get(key);
    if (hub !== undefined) return deeds.choose(key, false);
    if (key.startsWith("@")) return deeds.step({ ...state, open: [...state.open, key.slice(1)], selected: [] });
    const record = known.model.records.get(key);
    if (record === undefined) return;
    const acts = state.acts.filter((_, place) => !state.folded.includes(place));
    const left = record.counts.filter(
      (count) => pagesShown(acts, meaningOf(key, count)) === null && shownOf(key, count, shown()) < count.total,
    );
    const name = speech.title(record.thing);
    if (left.length === 0) {
      return deeds.step(
        folding(state, (act) => act.startsWith(`${key}~`)),
        say("told_folded", { name }),
      );
    }
    // Opened all at once, a meaning beyond a page would bury the others.
    const opened = left.map((count) => (count.total > PAGE ? `${meaningOf(key, count)}~0` : opening(key, count)));
    deeds.step({ ...doing(state, ...opened), selected: [key] }, say("told_opened", { name }));
  }

  function picture(): SVGElement {
    const size = drawing?.view() ?? flatView(scene, canvas.clientWidth || 960, canvas.clientHeight || 640);
    const names = [...known.model.records.values()].filter((record) => record.parent === null);
    const title =
      names
        .slice(0, 3)
        .map((record) => speech.title(record.thing))
        .join(" · ") || say("title");
    const address = road.address("/explore", { ...state, camera: drawing?.camera() ?? null });
    return svgOf(scene, size, lookOf(element), speech, { title, day: speech.day(day()), address });
  }

  function flat(): void {
    refill(canvas, make("p", { class: "notice" }, say("no_webgl")), picture());
  }

  /** The picture never moves by itself: it says when there is more than can be seen. */
  function tellUnseen(): void {
    const count = drawing?.unseen() ?? 0;
    outside.hidden = count === 0;
    outside.textContent = say("unseen", { count: speech.number(count) });
  }

  function tellState(now: Shown): void {
    tellUnseen();
    if (now.state.acts.length === 0) {
      return refill(
        notice,
        make(
          "div",
          { class: "ex-empty" },
          make("h2", {}, say("empty")),
          make("p", {}, say("empty_about")),
          button(say("find"), bar.findFocus),
          examples,
        ),
      );
    }
    const cut = now.model.cut;
    refill(notice, cut === null ? null : make("p", { class: "notice" }, `${cut.why} ${cut.how}`));
  }

  function refuse(why: string, tried: State): void {
    refill(
      notice,
      make(
        "div",
        { class: "notice", role: "alert" },
        make("p", {}, why),
        make(
          "div",
          { class: "ex-row" },
          button(say("retry"), () => void go(tried)),
          button(say("undo"), deeds.undo, { class: "plain-button" }),
        ),
      ),
    );
  }

  function zooming(): HTMLElement {
    return make(
      "div",
      { class: "ex-zoom", role: "group", "aria-label": say("key_zoom") },
      button(glyph("M8 3V13M3 8H13"), () => drawing?.zoom(1 / 1.4), {
        "aria-label": say("zoom_in"),
        title: say("zoom_in"),
      }),
      button(glyph("M3 8H13"), () => drawing?.zoom(1.4), { "aria-label": say("zoom_out"), title: say("zoom_out") }),
      button(glyph("M2.5 6V2.5H6M10 2.5H13.5V6M13.5 10V13.5H10M6 13.5H2.5V10"), () => drawing?.look(null), {
        "aria-label": say("zoom_all"),
        title: say("zoom_all"),
      }),
    );
  }

  await go(road.state(), undefined, false, first);
}
