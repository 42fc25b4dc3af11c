/** The figures of kinds as outlines, for drawing and for where an edge ends. */

import { CORNERS, type Corner } from "./corners";

/** The shape of that name, or the one for what has none of its own. */
export function shapeOf(name: string): string {
  return name in CORNERS ? name : "other";
}

/** The outline as an SVG path around a point. */
export function outline(shape: string, x: number, y: number, size: number): string {
  const at = (value: number): string => value.toFixed(2);
  const corners = CORNERS[shape] ?? [];
  if (corners.length === 0) {
    const [left, top, r] = [at(x - size), at(y), at(size)];
    return `M${left} ${top}a${r} ${r} 0 1 1 ${at(2 * size)} 0a${r} ${r} 0 1 1 ${at(-2 * size)} 0Z`;
  }
  return `M${corners.map(([right, up]) => `${at(x + right * size)} ${at(y - up * size)}`).join("L")}Z`;
}

/** How far the outline reaches from its middle in a direction, for a size of 1: where an edge ends. */
export function reach(shape: string, dx: number, dy: number): number {
  const corners = CORNERS[shape] ?? [];
  const far = Math.hypot(dx, dy);
  if (corners.length === 0 || far === 0) return 1;
  const [right, up] = [dx / far, -dy / far];
  let least = Infinity;
  sides(corners, (nx, ny, distance) => {
    const along = nx * right + ny * up;
    if (along > 1e-6) least = Math.min(least, distance / along);
  });
  return least;
}

/** The signed distance to the outline as a GLSL function; corners run against the clock, so sides look outwards. */
export function distanceField(shape: string): string {
  const corners = CORNERS[shape] ?? [];
  if (corners.length === 0) return `float sdf_${shape}(vec2 uv, float size) { return length(uv) - size; }`;
  const terms: string[] = [];
  sides(corners, (nx, ny, distance) => {
    terms.push(`dot(uv, vec2(${nx.toFixed(5)}, ${ny.toFixed(5)})) - size * ${distance.toFixed(5)}`);
  });
  const nested = terms.reduce((one, other) => `max(${one}, ${other})`);
  return `float sdf_${shape}(vec2 uv, float size) { return ${nested}; }`;
}

function sides(corners: readonly Corner[], each: (nx: number, ny: number, distance: number) => void): void {
  corners.forEach(([x, y], index) => {
    const [nextX, nextY] = corners[(index + 1) % corners.length] ?? [x, y];
    const length = Math.hypot(nextX - x, nextY - y);
    const [nx, ny] = [(nextY - y) / length, (x - nextX) / length];
    each(nx, ny, nx * x + ny * y);
  });
}
