/** The slider through time: every day on which something shown begins or ends, by hand or by itself. */

import { button, make } from "./elements";
import { glyph } from "./sign";
import type { Deeds, Piece, Shown, Speech } from "./stage";
import { dayOf, daysOf, numberOf, stepFrom } from "./time";

/** So long one day is seen while it plays. */
const STEP_MS = 900;
const PLAY = "M4.5 3V13L12.5 8Z";
const PAUSE = "M5 3V13M11 3V13";

/** The bar; it stays away until time is asked for. */
export function timeBar(speech: Speech, deeds: Deeds, today: string): Piece & { step(forward: boolean): void } {
  const { say } = speech;
  const slider = make("input", { type: "range", step: 1, "aria-label": say("time"), list: "ex-days" });
  const marks = make("datalist", { id: "ex-days" });
  const day = make("output", { class: "ex-day", "aria-live": "off" });
  const play = button(glyph(PLAY), () => (timer === 0 ? start() : stop()), {
    "aria-label": say("play"),
    "aria-pressed": "false",
  });
  const back = button(glyph("M4 3V13M12.5 3.5V12.5L6 8Z"), () => step(false), {
    "aria-label": say("day_before"),
    class: "plain-button",
  });
  const next = button(glyph("M12 3V13M3.5 3.5V12.5L10 8Z"), () => step(true), {
    "aria-label": say("day_after"),
    class: "plain-button",
  });
  const now = button(say("today"), () => settle(today), { class: "plain-button" });
  const close = button("×", () => shown !== null && deeds.step({ ...shown.state, ever: false }), {
    "aria-label": say("time_close"),
    class: "plain-button",
  });
  const element = make(
    "div",
    { class: "ex-time", role: "group", "aria-label": say("time") },
    play,
    back,
    slider,
    marks,
    next,
    day,
    now,
    close,
  );
  let shown: Shown | null = null;
  let days: string[] = [];
  let daysFor: unknown = null;
  let timer = 0;

  const settle = (to: string): void => {
    if (shown === null) return;
    // Back on the day the state is of, nothing new is to be asked.
    if (to === shown.state.at) return deeds.peek(to);
    deeds.step({ ...shown.state, at: to }, say("told_day", { day: speech.day(to) }));
  };
  const step = (forward: boolean): void => {
    if (shown !== null) settle(stepFrom(days, shown.day, forward));
  };
  const stop = (): void => {
    clearInterval(timer);
    timer = 0;
    play.replaceChildren(glyph(PLAY));
    play.setAttribute("aria-pressed", "false");
    if (shown !== null) settle(shown.day);
  };
  const start = (): void => {
    if (shown === null || days.length === 0) return;
    // At the end it begins anew.
    if (stepFrom(days, shown.day, true) === shown.day) deeds.peek(days[0] ?? shown.day);
    play.replaceChildren(glyph(PAUSE));
    play.setAttribute("aria-pressed", "true");
    timer = window.setInterval(() => {
      const to = shown === null ? "" : stepFrom(days, shown.day, true);
      if (shown === null || to === shown.day || !shown.state.ever) return stop();
      deeds.peek(to);
    }, STEP_MS);
  };
  slider.addEventListener("input", () => deeds.peek(dayOf(Number(slider.value))));
  slider.addEventListener("change", () => settle(dayOf(Number(slider.value))));
  return {
    element,
    step,
    show(next) {
      shown = next;
      element.hidden = !next.state.ever;
      if (element.hidden) return;
      if (daysFor !== next.model.records) {
        daysFor = next.model.records;
        days = daysOf(next.model);
        // So many marks can be told apart on a screen.
        marks.replaceChildren(...days.slice(0, 400).map((held) => make("option", { value: numberOf(held) })));
      }
      const ends = [...days, today, next.day].map(numberOf);
      slider.min = String(Math.min(...ends));
      slider.max = String(Math.max(...ends));
      slider.value = String(numberOf(next.day));
      slider.setAttribute("aria-valuetext", speech.day(next.day));
      day.textContent = speech.day(next.day);
    },
  };
}
