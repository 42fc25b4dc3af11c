/** Shift and drag: a box that selects what is in it; shift and click: one more, or one less. */

import { sizeOf } from "./drawing";
import { make } from "./elements";
import type { Scene } from "./scene";
import type { View } from "./sight";

/** A click may tremble by so many pixels. */
const STILL = 4;

interface Selecting {
  view(): View | null;
  scene(): Scene;
  one(key: string): void;
  many(keys: string[]): void;
}

/** Listens on the stage before the picture does, so that shift does not move it. */
export function boxSelection(stage: HTMLElement, selecting: Selecting): void {
  const band = make("div", { class: "ex-band", hidden: true });
  stage.append(band);
  const where = (event: MouseEvent): { x: number; y: number } => {
    const { left, top } = stage.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  stage.addEventListener(
    "pointerdown",
    (down) => {
      const isOnPicture = down.target instanceof Element && down.target.closest(".ex-canvas") !== null;
      if (!down.shiftKey || down.button !== 0 || !isOnPicture) return;
      down.preventDefault();
      down.stopPropagation();
      const from = where(down);
      const move = (event: MouseEvent): void => {
        const to = where(event);
        band.hidden = false;
        band.style.left = `${Math.min(from.x, to.x)}px`;
        band.style.top = `${Math.min(from.y, to.y)}px`;
        band.style.width = `${Math.abs(to.x - from.x)}px`;
        band.style.height = `${Math.abs(to.y - from.y)}px`;
      };
      const up = (event: MouseEvent): void => {
        window.removeEventListener("pointermove", move);
        window.removeEventListener("pointerup", up);
        band.hidden = true;
        finish(from, where(event), selecting);
      };
      window.addEventListener("pointermove", move);
      window.addEventListener("pointerup", up);
    },
    { capture: true },
  );
}

function finish(from: { x: number; y: number }, to: { x: number; y: number }, selecting: Selecting): void {
  const view = selecting.view();
  if (view === null) return;
  const nodes = [...selecting.scene().nodes.values()];
  if (Math.hypot(to.x - from.x, to.y - from.y) <= STILL) {
    const hit = nodes.findLast((node) => {
      const { x, y } = view.point(node.x, node.y);
      return Math.hypot(x - to.x, y - to.y) <= view.size(sizeOf(node)) + 3;
    });
    if (hit !== undefined) selecting.one(hit.key);
    return;
  }
  const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
  const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  const inside = nodes.filter((node) => {
    const { x, y } = view.point(node.x, node.y);
    return x >= left && x <= right && y >= top && y <= bottom;
  });
  selecting.many(inside.map((node) => node.key));
}
