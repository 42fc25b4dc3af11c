/** Panning and zooming: d3-zoom over the frame, shown by the `viewBox` of the picture. */

import { select } from "d3-selection";
import { zoom, zoomIdentity, zoomTransform, type D3ZoomEvent } from "d3-zoom";
import type { Drawing } from "./drawing";
import { LEAST_READABLE, MOST, opened, openingSize, showing, viewBox, whole } from "./geometry";
import type { Place, Rect, Size } from "./geometry";

const LARGER = 1.4;
const STEP = 80;
/** Of the height of the window, what a picture takes at most. */
const TALLEST = 0.78;

export interface Moving {
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
  pan(across: number, down: number): void;
  show(rect: Rect): void;
}

/** Makes the picture move; `moved` is called with each new place. */
export function moving(
  frame: HTMLElement,
  drawing: Drawing,
  start: Rect | null,
  moved: (place: Place) => void,
): Moving {
  const { svg, size, header } = drawing;
  const own = svg.getAttribute("viewBox") ?? "";
  const held = select(frame);
  const behaviour = zoom<HTMLElement, unknown>()
    .scaleExtent([Math.min(LEAST_READABLE, 200 / size.width, 200 / size.height), MOST])
    .filter((event: MouseEvent) => {
      if (event.type === "wheel") return event.ctrlKey || event.metaKey || frame.contains(document.activeElement);
      return !event.ctrlKey && event.button === 0;
    })
    .on("zoom", (event: D3ZoomEvent<HTMLElement, unknown>) => {
      if (event.sourceEvent !== null) isMoved = true;
      draw(event.transform);
    });
  // Until somebody moves it, a picture is opened anew when its room changes, as when a telephone is turned.
  let isMoved = false;

  function room(): Size {
    return { width: frame.clientWidth, height: frame.clientHeight };
  }

  function draw(place: Place): void {
    svg.setAttribute("viewBox", viewBox(place, room()));
    moved(place);
  }

  function go(place: Place): void {
    held.call(behaviour.transform, zoomIdentity.translate(place.x, place.y).scale(place.k));
  }

  function measure(): void {
    const { width, height } = room();
    // A picture may be pulled until a third of the frame is empty, not out of sight.
    behaviour.translateExtent([
      [-width / 3, -height / 3],
      [size.width + width / 3, size.height + height / 3],
    ]);
  }

  function open(): void {
    const height = Math.min(size.height * openingSize(size, room()), window.innerHeight * TALLEST);
    frame.style.setProperty("--drawn-height", `${Math.ceil(height)}px`);
    measure();
    go(opened(size, room(), start, header));
  }

  svg.removeAttribute("width");
  svg.removeAttribute("height");
  frame.classList.add("is-live");
  held.call(behaviour).on("dblclick.zoom", null);
  open();
  new ResizeObserver(() => {
    if (!isMoved) return open();
    measure();
    draw(zoomTransform(frame));
  }).observe(frame);
  window.addEventListener("beforeprint", () => svg.setAttribute("viewBox", own));
  window.addEventListener("afterprint", () => draw(zoomTransform(frame)));

  function byHand(act: () => void): void {
    isMoved = true;
    act();
  }

  return {
    zoomIn: () => byHand(() => held.call(behaviour.scaleBy, LARGER)),
    zoomOut: () => byHand(() => held.call(behaviour.scaleBy, 1 / LARGER)),
    fit: () => byHand(() => go(whole(size, room()))),
    pan(across, down) {
      const { k: scale } = zoomTransform(frame);
      byHand(() => held.call(behaviour.translateBy, (-across * STEP) / scale, (-down * STEP) / scale));
    },
    show: (rect) => byHand(() => go(showing(zoomTransform(frame), rect, room(), header))),
  };
}
