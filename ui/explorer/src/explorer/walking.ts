/** Walking over the picture by keyboard: which edges leave a node, in the order of the clock. */

import type { Scene, SceneEdge, SceneNode } from "./scene";

export interface Way {
  edge: SceneEdge;
  other: SceneNode;
  isOutward: boolean;
}

/** The edges of a node around it, from above and with the clock, so that arrow keys go where they seem to. */
export function waysFrom(scene: Scene, key: string): Way[] {
  const node = scene.nodes.get(key);
  if (node === undefined) return [];
  const ways: Way[] = [];
  for (const edge of scene.edges.values()) {
    if (edge.source !== key && edge.target !== key) continue;
    const other = scene.nodes.get(edge.source === key ? edge.target : edge.source);
    if (other !== undefined && other !== node) ways.push({ edge, other, isOutward: edge.source === key });
  }
  const hour = ({ other }: Way): number => {
    const angle = Math.atan2(other.x - node.x, other.y - node.y);
    return angle < 0 ? angle + 2 * Math.PI : angle;
  };
  return ways.sort((one, another) => hour(one) - hour(another) || (one.edge.key < another.edge.key ? -1 : 1));
}

/** The place after or before in a ring of so many. */
export function turned(place: number, by: number, count: number): number {
  return count === 0 ? 0 : (((place + by) % count) + count) % count;
}
