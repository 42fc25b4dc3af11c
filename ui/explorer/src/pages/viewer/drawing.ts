/** The SVG of a picture, read once: its items with their elements, its size, its lane titles. */

import { Web, type Arrow, type Box } from "./web";
import type { Rect, Size } from "./geometry";

/** An item with the element that draws it; `href` is where it leads without script. */
export type Drawn = (Box | Arrow) & { element: SVGGraphicsElement; href: string | null };

export interface Drawing {
  svg: SVGSVGElement;
  size: Size;
  web: Web<Drawn>;
  /** The width of the lane titles at the left, 0 without lanes. */
  header: number;
}

/** The margin and the lane titles of kaysis_graph/render/svg.py. */
const HEADER = 192;

/** What is drawn inside an element; null where it holds no picture of ours. */
export function drawingIn(frame: HTMLElement): Drawing | null {
  const svg = frame.querySelector<SVGSVGElement>("svg.kg");
  if (svg === null) return null;
  const size = { width: Number(svg.getAttribute("width")), height: Number(svg.getAttribute("height")) };
  const items = [...svg.querySelectorAll<SVGGraphicsElement>(".node, .arrow")].flatMap(itemOf);
  const header = svg.querySelector(".words > text") === null ? 0 : HEADER;
  return { svg, size, web: new Web(items), header };
}

function itemOf(element: SVGGraphicsElement): Drawn[] {
  const title = element.querySelector(":scope > title")?.textContent ?? "";
  const { id, from, to } = element.dataset;
  const href = element.getAttribute("href");
  if (id !== undefined) return [{ kind: "box", id, title, element, href }];
  if (from === undefined || to === undefined) return [];
  return [{ kind: "arrow", source: from, target: to, title, element, href }];
}

/** Where an element lies in the picture. */
export function rectOf(drawing: Drawing, element: SVGGraphicsElement): Rect {
  const box = element.getBBox();
  const own = element.getCTM();
  const whole = drawing.svg.getCTM();
  if (own === null || whole === null) return box;
  const matrix = whole.inverse().multiply(own);
  return {
    x: matrix.a * box.x + matrix.e,
    y: matrix.d * box.y + matrix.f,
    width: box.width * matrix.a,
    height: box.height * matrix.d,
  };
}
