/** The sign of a kind as a small picture in a page: its shape, colours and icon. */

import type { Vocabulary } from "./contract";
import { outline, shapeOf } from "./shapes";

const SPACE = "http://www.w3.org/2000/svg";

/** An SVG element with attributes. */
export function svg(
  tag: string,
  attributes: Record<string, string | number>,
  ...children: (Node | string)[]
): SVGElement {
  const element = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** The sign; its name stands beside it, so it is hidden from those who hear the page. */
export function sign(words: Vocabulary, kind: string): SVGElement {
  const shape = shapeOf(words.kinds[kind]?.shape ?? "other");
  return svg(
    "svg",
    { class: `ex-sign ex-${shape.replaceAll("_", "-")}`, viewBox: "-13 -13 26 26", "aria-hidden": "true" },
    svg("path", { class: "ex-sign-ground", d: outline(shape, 0, 0, 12) }),
    icon(words.icons[shape] ?? "", 0, 0, 13),
  );
}

/** An icon around a point; colours come from the style of what it stands in. */
export function icon(path: string, x: number, y: number, size: number): SVGElement {
  if (path.startsWith("text:")) {
    const said = path.slice("text:".length);
    const placed = { x, y: y + size * 0.3, "font-size": size * 0.85, "text-anchor": "middle", "font-weight": 600 };
    return svg("text", { class: "ex-icon-text", ...placed }, said);
  }
  const scale = size / 16;
  const transform = `translate(${(x - size / 2).toFixed(2)} ${(y - size / 2).toFixed(2)}) scale(${scale.toFixed(3)})`;
  return svg("path", { class: "ex-icon", d: path, transform, fill: "none", "stroke-width": 1.7 });
}

/** A small drawing on a button, whose name says what it does. */
export function glyph(path: string): SVGElement {
  return svg("svg", { class: "ex-glyph", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: path }));
}
