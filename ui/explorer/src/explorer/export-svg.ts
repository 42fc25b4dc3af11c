/** The picture as SVG, made from what is shown and not from its pixels: shapes, icons, names, arrows. */

import { labelOf, namesIn, sizeOf } from "./drawing";
import type { Side } from "./labels";
import type { Look } from "./look";
import type { Scene, SceneEdge, SceneNode } from "./scene";
import { outline, reach, shapeOf } from "./shapes";
import type { View } from "./sight";
import { icon, svg } from "./sign";
import type { Speech } from "./stage";
import { isOver } from "./time";

/** What stands under the picture. */
export interface Caption {
  title: string;
  day: string;
  address: string;
}

const FOOT = 46;

/** The SVG of the part of the scene that is on the screen. */
export function svgOf(scene: Scene, view: View, look: Look, speech: Speech, caption: Caption): SVGElement {
  const { width, height } = view;
  const isSeen = ({ x, y }: { x: number; y: number }) => x > -80 && y > -80 && x < width + 80 && y < height + 80;
  const root = svg("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${width} ${height + FOOT}`,
    width,
    height: height + FOOT,
    "font-family": look.font,
    role: "img",
  });
  root.append(svg("title", {}, caption.title), svg("desc", {}, `${caption.day} · ${caption.address}`));
  root.append(svg("rect", { width, height: height + FOOT, fill: look.ground }));
  const clip = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  const edges = svg("g", { fill: "none" });
  const parallel = Map.groupBy(scene.edges.values(), ({ source, target }) => [source, target].sort().join("~"));
  for (const group of parallel.values()) {
    group.forEach((edge, place) => {
      const drawn = edgeOf(edge, place - (group.length - 1) / 2, scene, view, look, speech, isSeen);
      edges.append(...drawn);
    });
  }
  const nodes = svg("g", {});
  const names = namesIn(scene, view, null);
  for (const node of scene.nodes.values()) {
    if (isSeen(view.point(node.x, node.y))) nodes.append(nodeOf(node, names.get(node.key), view, look, speech));
  }
  clip.append(edges, nodes);
  root.append(clip, ...footOf(caption, width, height, look));
  return root;
}

function edgeOf(
  edge: SceneEdge,
  bend: number,
  scene: Scene,
  view: View,
  look: Look,
  speech: Speech,
  isSeen: (point: { x: number; y: number }) => boolean,
): SVGElement[] {
  const [source, target] = [scene.nodes.get(edge.source), scene.nodes.get(edge.target)];
  if (source === undefined || target === undefined || source === target) return [];
  const [from, to] = [view.point(source.x, source.y), view.point(target.x, target.y)];
  const far = Math.hypot(to.x - from.x, to.y - from.y);
  if (far < 1 || !(isSeen(from) || isSeen(to))) return [];
  // The same curve for both directions of a pair, on either side of the straight line.
  const sense = edge.source < edge.target ? 1 : -1;
  const lift = bend * sense * far * 0.25;
  const middle = {
    x: (from.x + to.x) / 2 - ((to.y - from.y) / far) * lift,
    y: (from.y + to.y) / 2 + ((to.x - from.x) / far) * lift,
  };
  const start = edgeOfShape(source, from, middle, view, speech);
  const end = edgeOfShape(target, to, middle, view, speech);
  const isLit = source.isSelected || target.isSelected;
  const colour = isLit ? look.focus : look.arrow;
  const line = svg("path", {
    d: `M${at(start.x)} ${at(start.y)}Q${at(middle.x)} ${at(middle.y)} ${at(end.x)} ${at(end.y)}`,
    stroke: colour,
    "stroke-width": isLit ? 2 : 1.3,
    opacity: edge.lack === null ? 0.9 : 0.6,
    ...(edge.lack === null ? {} : { "stroke-dasharray": "5 4" }),
  });
  line.append(svg("title", {}, `${source.label} → ${speech.edge(edge.type)} → ${target.label}`));
  const drawn = [line, headOf(middle, end, colour)];
  if (isLit || scene.edges.size <= 150) {
    const text = edge.count > 1 ? `${speech.edge(edge.type)} (${edge.count})` : speech.edge(edge.type);
    const [x, y] = [(start.x + 2 * middle.x + end.x) / 4, (start.y + 2 * middle.y + end.y) / 4];
    drawn.push(
      svg(
        "text",
        {
          x: at(x),
          y: at(y),
          fill: look.quiet,
          stroke: look.ground,
          "stroke-width": 3,
          "paint-order": "stroke",
          "font-size": 10,
          "text-anchor": "middle",
        },
        text,
      ),
    );
  }
  return drawn;
}

function edgeOfShape(
  node: SceneNode,
  at: { x: number; y: number },
  towards: { x: number; y: number },
  view: View,
  speech: Speech,
) {
  const [dx, dy] = [towards.x - at.x, towards.y - at.y];
  const far = Math.hypot(dx, dy) || 1;
  const shape = node.sort === "hub" ? "group" : shapeOf(speech.words.kinds[node.kind]?.shape ?? "other");
  const step = (reach(shape, dx, dy) * view.size(sizeOf(node)) + 1) / far;
  return { x: at.x + dx * step, y: at.y + dy * step };
}

function headOf(from: { x: number; y: number }, tip: { x: number; y: number }, colour: string): SVGElement {
  const far = Math.hypot(tip.x - from.x, tip.y - from.y) || 1;
  const [ux, uy] = [(tip.x - from.x) / far, (tip.y - from.y) / far];
  const [bx, by] = [tip.x - ux * 7, tip.y - uy * 7];
  const corners = [[tip.x, tip.y], [bx - uy * 3.2, by + ux * 3.2], [bx + uy * 3.2, by - ux * 3.2]]; // prettier-ignore
  return svg("path", { d: `M${corners.map(([x, y]) => `${at(x ?? 0)} ${at(y ?? 0)}`).join("L")}Z`, fill: colour });
}

function nodeOf(node: SceneNode, side: Side | undefined, view: View, look: Look, speech: Speech): SVGElement {
  const { x, y } = view.point(node.x, node.y);
  const size = view.size(sizeOf(node));
  const kindShape = shapeOf(speech.words.kinds[node.kind]?.shape ?? "other");
  const shape = node.sort === "hub" ? "group" : kindShape;
  const colours = look.of(kindShape);
  const isHollow = node.standing !== "valid" || node.sort === "hub";
  const hasEnded = isOver(node.standing);
  const group = svg("g", { "data-key": node.key });
  group.append(svg("title", {}, speech.spoken(node)));
  if (node.isSelected)
    group.append(
      svg("circle", {
        cx: at(x),
        cy: at(y),
        r: at(size * 1.3 + 2),
        fill: "none",
        stroke: look.focus,
        "stroke-width": 2,
      }),
    );
  group.append(
    svg("path", {
      d: outline(shape, x, y, size),
      fill: isHollow ? colours.fill : colours.line,
      stroke: colours.line,
      "stroke-width": Math.max(1, size * 0.13),
      ...(hasEnded ? { "stroke-dasharray": "4 3" } : {}),
    }),
  );
  if (size > 6) {
    const drawn = icon(speech.words.icons[kindShape] ?? "", x, y, size * 1.16);
    drawn.setAttribute(drawn.tagName === "text" ? "fill" : "stroke", isHollow ? colours.line : colours.icon);
    group.append(drawn);
  }
  if (node.isUnverified)
    group.append(svg("circle", { cx: at(x + size / 2), cy: at(y - size / 2), r: at(size * 0.24), fill: look.doubt }));
  if (side !== undefined) {
    const [dx, dy, anchor] = besides(side, size);
    const colour = node.standing === "valid" ? look.ink : look.quiet;
    const written = { x: at(x + dx), y: at(y + dy), fill: colour, "text-anchor": anchor, "font-size": 12 };
    group.append(svg("text", { ...written, ...halo(look) }, labelOf(node)));
  }
  return group;
}

function besides(side: Side, size: number): [number, number, string] {
  if (side === "right") return [size + 4, 4, "start"];
  if (side === "left") return [-size - 4, 4, "end"];
  return [0, side === "below" ? size + 14 : -size - 5, "middle"];
}

/** Text that can be read over lines. */
function halo(look: Look) {
  return { stroke: look.ground, "stroke-width": 3, "paint-order": "stroke" };
}

function footOf(caption: Caption, width: number, height: number, look: Look): SVGElement[] {
  const most = Math.floor(width / 6.2);
  const short = (text: string) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
  return [
    svg("path", { d: `M0 ${height + 0.5}H${width}`, stroke: look.line }),
    svg(
      "text",
      { x: 12, y: height + 19, fill: look.ink, "font-size": 13, "font-weight": 600 },
      short(`${caption.title} · ${caption.day}`),
    ),
    svg("text", { x: 12, y: height + 36, fill: look.quiet, "font-size": 10 }, short(caption.address)),
  ];
}

function at(value: number): string {
  return value.toFixed(1);
}
