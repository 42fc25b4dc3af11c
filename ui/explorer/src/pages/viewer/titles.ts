/** Lane titles that stay in sight while the picture moves under them. */

import type { Drawing } from "./drawing";
import type { Place } from "./geometry";

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 16;

/** Gives what is to be called each time the picture has moved; nothing happens on pictures without lanes. */
export function stickyTitles(drawing: Drawing): (place: Place) => void {
  const body = drawing.svg.querySelector(".body");
  const words = drawing.svg.querySelectorAll<SVGGElement>(".words");
  if (body === null || drawing.header === 0) return () => undefined;
  const layer = document.createElementNS(SVG, "g");
  layer.setAttribute("class", "sticky");
  layer.setAttribute("aria-hidden", "true");
  for (const title of words) layer.append(backed(title, drawing.header - MARGIN), title.cloneNode(true));
  body.append(layer);
  return (place) => {
    const behind = -place.x / place.k - MARGIN;
    layer.setAttribute("visibility", behind > 0 ? "visible" : "hidden");
    layer.setAttribute("transform", `translate(${Math.max(behind, 0).toFixed(2)} 0)`);
  };
}

function backed(title: SVGGElement, width: number): SVGRectElement {
  const ground = document.createElementNS(SVG, "rect");
  ground.setAttribute("class", "sticky-ground");
  ground.setAttribute("y", title.dataset.y ?? "0");
  ground.setAttribute("height", title.dataset.height ?? "0");
  ground.setAttribute("width", String(width));
  return ground;
}
