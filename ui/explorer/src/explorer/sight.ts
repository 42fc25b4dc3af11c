/**
 * What is in sight: where on a sheet of some size the places of the graph lie, seen from a camera.
 *
 * Sigma answers the same only for its last drawing, which on a slow machine is of another camera, or of nothing yet.
 */

import type { Camera } from "./address";

/** So many graph units fill the sheet at a camera ratio of 1, whatever is shown: nothing re-centres by itself. */
export const FRAME = 110;
/** Around all of it stays so much room, in graph units, for the nodes at its border and their names. */
const MARGIN = 14;
/** Nothing comes so near that a lone record looks like a house. */
const NEAREST = { one: 0.42, more: 0.22 };

interface Place {
  x: number;
  y: number;
}

export interface Sheet {
  width: number;
  height: number;
}

/** Turns graph units into those of the screen, for pictures of what is on it. */
export interface View extends Sheet {
  point(x: number, y: number): Place;
  size(size: number): number;
}

/** A place of the graph as cameras have it: the frame reaches from 0 to 1. */
export function framed({ x, y }: Place): Place {
  return { x: 0.5 + x / FRAME, y: 0.5 + y / FRAME };
}

/** By how much nodes shrink: near, room grows faster than they do, so that names fit; far, nearly as fast. */
export function shrinking(ratio: number): number {
  return ratio ** (ratio < 1 ? 0.5 : 0.85);
}

/** What a camera sees on a sheet. */
export function viewFrom({ x: middle, y: level, ratio }: Camera, { width, height }: Sheet): View {
  const least = Math.min(width, height);
  return {
    width,
    height,
    point: (x, y) => {
      const place = framed({ x, y });
      return {
        x: width / 2 + ((place.x - middle) * least) / ratio,
        y: height / 2 - ((place.y - level) * least) / ratio,
      };
    },
    size: (size) => (size * least) / FRAME / shrinking(ratio),
  };
}

/** How many of the places lie outside the sheet. */
export function countOutside(places: readonly Place[], { width, height, point }: View): number {
  const isOut = ({ x, y }: Place): boolean => x < 0 || y < 0 || x > width || y > height;
  return places.filter(({ x, y }) => isOut(point(x, y))).length;
}

/** The camera that sees all places; null on a sheet without width or height, where none does. */
export function cameraOnAll(places: readonly Place[], { width, height }: Sheet): Camera | null {
  if (width === 0 || height === 0) return null;
  if (places.length === 0) return { x: 0.5, y: 0.5, ratio: 1 };
  const [xs, ys] = [places.map((place) => place.x), places.map((place) => place.y)];
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const least = Math.min(width, height);
  const needed = Math.max(((right - left + MARGIN) * least) / width, ((high - low + MARGIN) * least) / height);
  const nearest = places.length === 1 ? NEAREST.one : NEAREST.more;
  return { ...framed({ x: (left + right) / 2, y: (low + high) / 2 }), ratio: Math.max(nearest, needed / FRAME) };
}
