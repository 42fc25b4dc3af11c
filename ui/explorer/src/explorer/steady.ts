/** Where drawing takes long, the last drawing is moved and scaled under the hand, and drawn anew at rest. */

import type Sigma from "sigma";

/** A drawing that delays a frame longer than this is held while the camera moves; others are made anew each time. */
const SLOW_MS = 28;
/** So long after the last movement a held drawing is made anew. */
const REST_MS = 140;
/** While the camera moves, at most one part in so many of the time goes into drawing anew. */
const SHARE = 8;
/** A held drawing is made anew while it still moves once it is off by this part of the canvas, or scaled so much. */
const FAR = 0.35;
const SCALED = 1.7;

/** What is needed of sigma, whatever its styles. */
interface Held extends Pick<
  Sigma,
  "getStageCanvas" | "getDimensions" | "framedGraphToViewport" | "viewportToFramedGraph"
> {
  scheduleRender(): unknown;
  refresh(how: { partialGraph: object; skipIndexation: boolean; schedule: boolean }): unknown;
  on(event: "beforeRender" | "afterRender", listener: () => void): unknown;
}

export interface Steady {
  /** Whether what is to be seen is the last drawing, moved. */
  isHeld(): boolean;
  /** Draws at once what is held, before someone points at it. */
  settle(): void;
}

/** Lets a movement of the camera move the last drawing: sigma asks for each drawing through `scheduleRender`. */
export function steadied(sigma: Held): Steady {
  const canvas = sigma.getStageCanvas();
  const draw = sigma.scheduleRender.bind(sigma);
  let drawn = corners(sigma);
  let begun = performance.now();
  let cost = 0;
  let resting = 0;
  const isHeld = (): boolean => canvas.style.transform !== "";
  const later = (when: number): unknown => {
    clearTimeout(resting);
    resting = window.setTimeout(draw, Math.max(0, when - performance.now()));
    return sigma;
  };

  sigma.on("beforeRender", () => {
    clearTimeout(resting);
    begun = performance.now();
  });
  sigma.on("afterRender", () => {
    canvas.style.transform = "";
    drawn = corners(sigma);
    const from = begun;
    // The graphics card works on while the script goes on: what it takes shows in the frames that follow.
    requestAnimationFrame((first) =>
      requestAnimationFrame((second) => {
        cost = Math.max(first - from, second - first);
      }),
    );
  });
  sigma.scheduleRender = () => {
    const { width, height } = sigma.getDimensions();
    const { x, y } = sigma.framedGraphToViewport(drawn.corner);
    const scale = (sigma.framedGraphToViewport(drawn.opposite).x - x) / width;
    const hasMoved = Math.abs(x) > 0.01 || Math.abs(y) > 0.01 || Math.abs(scale - 1) > 1e-5;
    if (cost < SLOW_MS) return draw();
    if (!hasMoved) return isHeld() ? draw() : later(begun + 2 * cost);
    const isFar = scale > SCALED || scale < 1 / SCALED || Math.max(Math.abs(x) / width, Math.abs(y) / height) > FAR;
    if (isFar && performance.now() - begun > SHARE * cost) return draw();
    const before = canvas.style.transform;
    canvas.style.transform = `translate(${x.toFixed(2)}px, ${y.toFixed(2)}px) scale(${scale.toFixed(5)})`;
    if (canvas.style.transform === before) return sigma;
    return later(performance.now() + REST_MS);
  };
  return {
    isHeld,
    settle() {
      if (isHeld()) sigma.refresh({ partialGraph: {}, skipIndexation: true, schedule: false });
    },
  };
}

/** The corners of the canvas as places of the graph. */
function corners(sigma: Held) {
  const { width, height } = sigma.getDimensions();
  return {
    corner: sigma.viewportToFramedGraph({ x: 0, y: 0 }),
    opposite: sigma.viewportToFramedGraph({ x: width, y: height }),
  };
}
