/** The picture on the graphics card: a scene shown by sigma, moved only by who looks at it. */

import Graph from "graphology";
import type Sigma from "sigma";
import { short, type Camera } from "./address";
import { fitting as labelsThatFit, type Side } from "./labels";
import { shortened } from "../titles";
import { iconSheet } from "./icons";
import type { Look } from "./look";
import { sigmaOver, type EdgeLook, type NodeLook } from "./painter";
import type { Scene, SceneEdge, SceneNode } from "./scene";
import { CORNERS } from "./corners";
import { shapeOf } from "./shapes";
import { cameraOnAll, countOutside, FRAME, framed, viewFrom, type Sheet, type View } from "./sight";
import { steadied } from "./steady";
import { isOver } from "./time";

/** Above this many edges the rest is not dimmed beside what is hovered: that would repaint all of it. */
const MANY = 1_500;
/** Up to this many edges carry their words. */
const FEW = 14;
/** So long after the last movement names are chosen anew, and the camera is told. */
const LABELS_MS = 90;
const CAMERA_MS = 250;
/** A node smaller than this many pixels has no name and is not dragged, and a letter is about so wide. */
const LEAST_NAMED = 3.5;
const LETTER = 6.1;

/** What is asked of whoever looks at the picture. */
export interface Gestures {
  choose(key: string, adds: boolean): void;
  clear(): void;
  hover(key: string | null): void;
  enter(key: string): void;
  menu(key: string): void;
  moved(places: { id: string; x: number; y: number }[]): void;
  /** The camera rests, or the sheet has another size. */
  looked(camera: Camera): void;
}

export interface Drawing {
  /**
   * Shows a scene, from where it is looked at: nothing is where it was, and null is where all of it can be seen, on a
   * sheet of whatever size, until the camera is moved or another scene is shown.
   */
  show(scene: Scene, from?: Camera | null): void;
  repaint(look: Look): void;
  hover(key: string | null): void;
  camera(): Camera;
  look(camera: Camera | null): void;
  zoom(factor: number): void;
  pan(dx: number, dy: number): void;
  reveal(key: string): void;
  /** How many nodes lie outside the canvas. */
  unseen(): number;
  view(): View;
}

export interface Wording {
  edge(type: string): string;
  shape(kind: string): string;
}

/** The size of a node: what stands for many is larger, by its root. */
export function sizeOf(node: SceneNode): number {
  const size = node.sort === "record" ? 1.9 : 2.3 + Math.min(2.6, Math.sqrt(node.count) / 9);
  return node.isSelected ? size * 1.12 : size;
}

/** Whether this browser can draw it. */
export function canDraw(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

/** The label on the canvas: long titles end in dots, and what is not plain says so in words. */
export function labelOf(node: SceneNode, most = 30): string {
  const text = shortened(node.label, node.beside, most);
  const count = node.sort === "institution" ? ` (${node.count})` : "";
  return `${text}${count}${isOver(node.standing) ? " †" : ""}`;
}

/** Draws into the container. */
export function draw(
  container: HTMLElement,
  first: Look,
  icons: Readonly<Record<string, string>>,
  wording: Wording,
  gestures: Gestures,
): Drawing {
  let colours = first;
  let scene: Scene = { nodes: new Map(), edges: new Map(), keptOut: 0 };
  let hovered: string | null = null;
  let named: ReadonlyMap<string, Side> = new Map();
  let edgesAt: ReadonlyMap<string, SceneEdge[]> = new Map();
  let sheet = sheetOf(container);
  let seesAll = false;
  const names = Object.keys(CORNERS);
  const graph = new Graph<NodeLook, EdgeLook>({ multi: true, type: "directed" });
  const sigma = sigmaOver(graph, container, colours, iconSheet(icons, names), names.length);
  sigma.setCustomBBox({ x: [-FRAME / 2, FRAME / 2], y: [-FRAME / 2, FRAME / 2] });
  const stillMotion = matchMedia("(prefers-reduced-motion: reduce)");
  const moment = (): { duration: number } => ({ duration: stillMotion.matches ? 0 : 220 });
  const camera = sigma.getCamera();
  const view = (): View => viewFrom(camera, sheet);
  listen(sigma, gestures);
  const steady = steadied(sigma);
  container.addEventListener("pointerdown", steady.settle, { capture: true });

  const nodeLook = (node: SceneNode, near: ReadonlySet<string> | null): NodeLook => {
    const shape = node.sort === "hub" ? "group" : shapeOf(wording.shape(node.kind));
    const own = colours.of(node.sort === "hub" ? shapeOf(wording.shape(node.kind)) : shape);
    const isHollow = node.standing !== "valid" || node.sort === "hub";
    const isDim = near !== null && !near.has(node.key);
    return {
      x: node.x,
      y: node.y,
      size: sizeOf(node),
      label: labelOf(node),
      shape,
      fillColor: isHollow ? own.fill : own.line,
      lineColor: own.line,
      iconColor: isHollow ? own.line : own.icon,
      dotColor: node.isUnverified ? colours.doubt : "#00000000",
      icon: names.indexOf(node.sort === "hub" ? shapeOf(wording.shape(node.kind)) : shape),
      isDashed: isOver(node.standing) ? 1 : 0,
      opacity: isDim ? 0.22 : 1,
      labelColor: node.standing === "valid" ? colours.ink : colours.quiet,
      labelVisibility: !isDim && named.has(node.key) ? "visible" : "hidden",
      labelPosition: named.get(node.key) ?? "below",
      haloVisibility: node.isSelected || node.key === hovered ? "visible" : "hidden",
      ground: colours.ground,
      halo: colours.focus,
      depth: node.isSelected || node.key === hovered ? "topNodes" : "nodes",
    };
  };
  const edgeLook = (edge: SceneEdge): EdgeLook => {
    const isNear = edge.source === hovered || edge.target === hovered;
    const isChosen = [edge.source, edge.target].some((key) => scene.nodes.get(key)?.isSelected);
    const isLit = isNear || (hovered === null && isChosen);
    const lit = isNear ? hovered : scene.nodes.get(edge.source)?.isSelected ? edge.source : edge.target;
    // The same words on every ray of a star say nothing, and hide it.
    const isTold = scene.edges.size <= FEW || (isLit && (edgesAt.get(lit ?? "")?.length ?? 0) <= FEW);
    return {
      size: (isLit ? 0.38 : 0.28) * Math.min(3, 1 + Math.log10(edge.count) / 2),
      color: isNear ? colours.focus : isLit ? colours.ink : colours.arrow,
      label: edge.count > 1 ? `${wording.edge(edge.type)} (${edge.count})` : wording.edge(edge.type),
      dashed: edge.lack === null ? 0 : 1,
      labelColor: colours.quiet,
      ground: colours.ground,
      opacity: isLit ? 0.95 : hovered !== null && scene.edges.size <= MANY ? 0.12 : edge.lack === null ? 0.65 : 0.5,
      labelVisibility: isTold && (isLit || hovered === null) ? "visible" : "hidden",
      depth: isLit ? "topEdges" : "edges",
    };
  };
  /** Chooses names anew; gives the nodes that are named otherwise than before. */
  const name = (): string[] => {
    const before = named;
    named = namesIn(scene, view(), hovered, edgesAt);
    return [...before.keys(), ...named.keys()].filter((key) => before.get(key) !== named.get(key));
  };
  const paintNode = (node: SceneNode, near: ReadonlySet<string> | null): void => {
    const next = nodeLook(node, near);
    if (!graph.hasNode(node.key)) graph.addNode(node.key, next);
    else if (differs(graph.getNodeAttributes(node.key), next)) graph.replaceNodeAttributes(node.key, next);
  };
  const paintEdge = (edge: SceneEdge): void => {
    const next = edgeLook(edge);
    if (!graph.hasEdge(edge.key)) graph.addDirectedEdgeWithKey(edge.key, edge.source, edge.target, next);
    else if (differs(graph.getEdgeAttributes(edge.key), next)) graph.replaceEdgeAttributes(edge.key, next);
  };
  const paint = (): void => {
    const near = hovered === null || scene.edges.size > MANY ? null : around(hovered, edgesAt);
    for (const key of graph.edges()) if (!scene.edges.has(key)) graph.dropEdge(key);
    for (const key of graph.nodes()) if (!scene.nodes.has(key)) graph.dropNode(key);
    for (const node of scene.nodes.values()) paintNode(node, near);
    for (const edge of scene.edges.values()) paintEdge(edge);
  };
  /** Paints what differs when some nodes are lit, named or neither, where the rest stays as it is. */
  const repaintSome = (keys: Iterable<string | null>): void => {
    const nodes = [...new Set(keys)].flatMap((key) => scene.nodes.get(key ?? "") ?? []);
    for (const node of nodes) paintNode(node, null);
    for (const edge of new Set(nodes.flatMap((node) => edgesAt.get(node.key) ?? []))) paintEdge(edge);
  };
  const rename = (): void => {
    if (scene.edges.size > MANY) repaintSome(name());
    else if (name().length > 0) paint();
  };
  const lookAtAll = (): void => {
    const all = cameraOnAll([...scene.nodes.values()], sheet);
    if (all !== null) camera.setState(exact(all));
    seesAll = true;
  };
  const look = (from: Camera | null): void => {
    if (camera.isAnimating()) camera.cancelAnimation();
    if (from === null) lookAtAll();
    else camera.setState(from);
  };
  const renameSoon = settled(LABELS_MS, rename);
  const tellSoon = settled(CAMERA_MS, () => gestures.looked(stateOf(camera)));
  camera.on("updated", () => {
    seesAll = false;
    renameSoon();
    tellSoon();
  });
  // A sheet may get its size after the picture, and another one whenever a part of the page opens beside it.
  new ResizeObserver(() => {
    const next = sheetOf(container);
    if (next.width === sheet.width && next.height === sheet.height) return;
    sheet = next;
    if (sheet.width === 0 || sheet.height === 0) return;
    if (seesAll) lookAtAll();
    sigma.scheduleRefresh();
    renameSoon();
    if (scene.nodes.size > 0) tellSoon();
  }).observe(container);
  return {
    show(next, from) {
      const isSame =
        next.nodes.size === scene.nodes.size && [...next.nodes.keys()].every((key) => scene.nodes.has(key));
      scene = next;
      if (hovered !== null && !scene.nodes.has(hovered)) hovered = null;
      edgesAt = edgesByEnd(scene);
      // Whoever opens more goes on from what is in sight: the picture does not move under the hand.
      if (from === undefined) seesAll &&= isSame;
      else look(from);
      name();
      paint();
    },
    repaint(next) {
      colours = next;
      paint();
    },
    hover(key) {
      // What is under the pointer is not known while the last drawing is moved.
      if (key === hovered || (key !== null && steady.isHeld())) return;
      const before = hovered;
      hovered = key;
      const renamed = name();
      if (scene.edges.size <= MANY) return paint();
      const chosen = [...scene.nodes.values()].filter((node) => node.isSelected).map((node) => node.key);
      repaintSome([before, key, ...renamed, ...chosen]);
    },
    camera: () => stateOf(camera),
    look,
    zoom(factor) {
      void camera.animate({ ratio: camera.getBoundedRatio(camera.ratio * factor) }, moment());
    },
    pan(dx, dy) {
      void camera.animate({ x: camera.x + dx * camera.ratio, y: camera.y + dy * camera.ratio }, moment());
    },
    reveal(key) {
      const node = scene.nodes.get(key);
      if (node === undefined) return;
      const { width, height, point } = view();
      const { x, y } = point(node.x, node.y);
      // Only what is out of sight is brought into it, so that walking does not swing the picture.
      if (x > 40 && y > 40 && x < width - 40 && y < height - 40) return;
      void camera.animate(framed(node), moment());
    },
    unseen: () => countOutside([...scene.nodes.values()], view()),
    view,
  };
}

function sheetOf(container: HTMLElement): Sheet {
  return { width: container.offsetWidth, height: container.offsetHeight };
}

function stateOf({ x, y, ratio }: Camera): Camera {
  return { x, y, ratio };
}

/** Whether anything is to look otherwise; sigma pays for every change it is told of. */
function differs<Look extends object>(before: Look, next: Look): boolean {
  return (Object.keys(next) as (keyof Look)[]).some((name) => before[name] !== next[name]);
}

/** Calls once, when nothing has happened for so long. */
function settled(after: number, act: () => void): () => void {
  let waiting = 0;
  return () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(act, after);
  };
}

function edgesByEnd(scene: Scene): Map<string, SceneEdge[]> {
  const found = new Map<string, SceneEdge[]>();
  for (const edge of scene.edges.values()) {
    for (const key of [edge.source, edge.target]) {
      const held = found.get(key);
      if (held === undefined) found.set(key, [edge]);
      else held.push(edge);
    }
  }
  return found;
}

/** The names that are written in a view, each with its side. */
export function namesIn(
  scene: Scene,
  view: View,
  hovered: string | null,
  edgesAt: ReadonlyMap<string, readonly SceneEdge[]> = edgesByEnd(scene),
): Map<string, Side> {
  const candidates = [...scene.nodes.values()].map((node) => {
    const size = view.size(sizeOf(node));
    const isForced = node.isSelected || node.key === hovered;
    const telling = 1 + (edgesAt.get(node.key)?.length ?? 0) + (node.sort === "record" ? 0 : 1000);
    const weight = isForced ? Infinity : size < LEAST_NAMED ? 0 : telling;
    return { key: node.key, ...view.point(node.x, node.y), size, width: labelOf(node).length * LETTER + 4, weight };
  });
  return labelsThatFit(candidates, view.width, view.height);
}

function around(key: string, edgesAt: ReadonlyMap<string, readonly SceneEdge[]>): Set<string> {
  return new Set([key, ...(edgesAt.get(key) ?? []).flatMap((edge) => [edge.source, edge.target])]);
}

function exact({ x, y, ratio }: Camera): Camera {
  return { x: short(x), y: short(y), ratio: short(ratio) };
}

function listen(sigma: Sigma<NodeLook, EdgeLook>, gestures: Gestures): void {
  sigma.on("clickNode", ({ node, event }) => gestures.choose(node, event.original.shiftKey));
  sigma.on("enterNode", ({ node }) => gestures.hover(node));
  sigma.on("leaveNode", () => gestures.hover(null));
  sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
    preventSigmaDefault();
    gestures.enter(node);
  });
  sigma.on("rightClickNode", ({ node, event }) => {
    event.original.preventDefault();
    gestures.menu(node);
  });
  sigma.on("clickStage", () => gestures.clear());
  // Among nodes that small nobody means one of them: the drag moves the picture.
  sigma.on("nodeDragStart", ({ node, preventSigmaDefault }) => {
    if (sigma.scaleSize(sigma.getGraph().getNodeAttribute(node, "size")) < LEAST_NAMED) preventSigmaDefault();
  });
  sigma.on("nodeDragEnd", ({ allDraggedNodes }) => {
    const graph = sigma.getGraph();
    gestures.moved(
      allDraggedNodes.map((id) => ({ id, x: graph.getNodeAttribute(id, "x"), y: graph.getNodeAttribute(id, "y") })),
    );
  });
}
