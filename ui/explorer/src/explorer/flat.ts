/** The picture where WebGL is missing: the SVG of the whole scene, which stands still. */

import type { Scene } from "./scene";
import type { View } from "./sight";

const MARGIN = 12;

/** A view in which the whole scene is to be seen. */
export function flatView(scene: Scene, width: number, height: number): View {
  const nodes = [...scene.nodes.values()];
  const [xs, ys] = [nodes.map((node) => node.x), nodes.map((node) => node.y)];
  const [left, right] = [Math.min(...xs) - MARGIN, Math.max(...xs) + MARGIN];
  const [low, high] = [Math.min(...ys) - MARGIN, Math.max(...ys) + MARGIN];
  const scale = nodes.length === 0 ? 1 : Math.min(8, width / (right - left), height / (high - low));
  return {
    width,
    height,
    point: (x, y) => ({
      x: width / 2 + (x - (left + right) / 2) * scale,
      y: height / 2 - (y - (low + high) / 2) * scale,
    }),
    size: (size) => size * scale,
  };
}
