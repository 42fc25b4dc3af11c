/** What the signs in the picture mean, for the kinds that are in it. */

import { make, refill } from "./elements";
import { sign, svg } from "./sign";
import type { Piece, Speech } from "./stage";

/** The legend, which can be folded away. */
export function legend({ say, words, plural }: Speech): Piece {
  const rows = make("ul");
  const element = make("details", { class: "ex-legend" }, make("summary", {}, say("legend")), rows);
  return {
    element,
    show({ scene }) {
      const kinds = [...new Set([...scene.nodes.values()].map((node) => node.kind))].sort();
      refill(
        rows,
        ...kinds.map((kind) => make("li", {}, sign(words, kind), plural(kind))),
        make("li", {}, mark("M2 10H22", "5 3"), say("legend_ended")),
        make("li", {}, dot(), say("legend_unverified")),
        make("li", {}, mark("M2 10H16M16 6L22 10L16 14Z", ""), say("legend_arrow")),
      );
    },
  };
}

function mark(path: string, dashes: string): SVGElement {
  const line = svg("path", { d: path, "stroke-dasharray": dashes });
  return svg("svg", { class: "ex-sign ex-mark", viewBox: "0 0 24 20", "aria-hidden": "true" }, line);
}

function dot(): SVGElement {
  return svg(
    "svg",
    { class: "ex-sign ex-dot", viewBox: "0 0 20 20", "aria-hidden": "true" },
    svg("circle", { cx: 10, cy: 10, r: 5 }),
  );
}
