/** Sigma as we set it up: our shapes and layers, and styles that read what each node and edge is to look like. */

import type Graph from "graphology";
import Sigma from "sigma";
import { extremityArrow, pathCurved, pathLine, pathLoop } from "sigma/rendering";
import { lineLayer, recordLayer, shapesForSigma } from "./layers";
import type { Side } from "./labels";
import type { Look } from "./look";
import { shrinking } from "./sight";

const ARROW = { lengthRatio: 4.5, widthRatio: 3.6 };
/** Every edge is drawn with as many segments as the path that has most. */
const SEGMENTS = 8;
/** A texture unit that sigma, which takes the first eight, and our layers leave free; every card has sixteen. */
const SPARE_UNIT = 15;
/** Else every pixel of an edge sums up the length of its path, for dashes that do not show the difference. */
const EVEN = { linearParameterization: true };

/** What a node is to look like now. */
export interface NodeLook {
  x: number;
  y: number;
  size: number;
  label: string;
  shape: string;
  fillColor: string;
  lineColor: string;
  iconColor: string;
  dotColor: string;
  icon: number;
  isDashed: number;
  opacity: number;
  labelColor: string;
  labelVisibility: "visible" | "hidden";
  labelPosition: Side;
  haloVisibility: "visible" | "hidden";
  ground: string;
  halo: string;
  depth: string;
}

/** What an edge is to look like now. */
export interface EdgeLook {
  size: number;
  color: string;
  label: string;
  dashed: number;
  labelColor: string;
  ground: string;
  opacity: number;
  labelVisibility: "auto" | "visible" | "hidden";
  depth: string;
}

/** Sigma over a graph of looks, in the container. */
export function sigmaOver(
  graph: Graph<NodeLook, EdgeLook>,
  container: HTMLElement,
  look: Look,
  sheet: HTMLCanvasElement,
  count: number,
) {
  const sigma = new Sigma(graph, container, {
    primitives: {
      depthLayers: ["edges", "topEdges", "nodes", "topNodes"],
      nodes: {
        shapes: shapesForSigma(),
        layers: [recordLayer(sheet, count)],
        variables: {
          fillColor: { type: "color", default: "#888888" },
          lineColor: { type: "color", default: "#888888" },
          iconColor: { type: "color", default: "#ffffff" },
          dotColor: { type: "color", default: "#00000000" },
          icon: { type: "number", default: 0 },
          isDashed: { type: "number", default: 0 },
        },
        label: { font: { family: look.font, size: 12 }, margin: 3 },
      },
      edges: {
        paths: [
          pathLine(),
          { ...pathCurved({ segments: SEGMENTS }), ...EVEN },
          { ...pathLoop({ segments: SEGMENTS }), ...EVEN },
        ],
        extremities: [extremityArrow(ARROW)],
        layers: [lineLayer()],
        variables: { dashed: { type: "number", default: 0 } },
        defaultHead: "arrow",
      },
    },
    styles: {
      nodes: {
        x: { attribute: "x" },
        y: { attribute: "y" },
        size: { attribute: "size" },
        shape: { attribute: "shape" },
        color: { attribute: "lineColor" },
        opacity: { attribute: "opacity" },
        depth: { attribute: "depth" },
        fillColor: { attribute: "fillColor" },
        lineColor: { attribute: "lineColor" },
        iconColor: { attribute: "iconColor" },
        dotColor: { attribute: "dotColor" },
        icon: { attribute: "icon" },
        isDashed: { attribute: "isDashed" },
        label: { attribute: "label" },
        labelColor: { attribute: "labelColor" },
        labelVisibility: { attribute: "labelVisibility" },
        labelPosition: { attribute: "labelPosition" },
        labelBackgroundColor: { attribute: "ground" },
        labelBackgroundPadding: 1,
        backdropVisibility: { attribute: "haloVisibility" },
        backdropColor: { attribute: "ground" },
        backdropBorderColor: { attribute: "halo" },
        backdropBorderWidth: 2,
        backdropShadowBlur: 0,
        backdropPadding: 4,
        backdropCornerRadius: 6,
      },
      edges: {
        size: { attribute: "size" },
        color: { attribute: "color" },
        opacity: { attribute: "opacity" },
        depth: { attribute: "depth" },
        path: "line",
        parallelPath: "curved",
        selfLoopPath: "loop",
        head: "arrow",
        dashed: { attribute: "dashed" },
        label: { attribute: "label" },
        labelColor: { attribute: "labelColor" },
        labelBackgroundColor: { attribute: "ground" },
        labelBackgroundPadding: 1,
        labelSize: 11,
        labelVisibility: { attribute: "labelVisibility" },
      },
    },
    settings: {
      // While a screen turns or a window is resized the sheet may have no width for a moment: it is drawn again then.
      allowInvalidContainer: true,
      itemSizesReference: "positions",
      zoomToSizeRatioFunction: shrinking,
      autoRescale: false,
      enableNodeDrag: true,
      enableCameraRotation: false,
      renderEdgeLabels: true,
      labelRenderedSizeThreshold: 0,
      minCameraRatio: 0.12,
      maxCameraRatio: 60,
      minEdgeThickness: 1.4,
      stagePadding: 0,
    },
  });
  const card = sigma.getWebGLContext();
  // Where sigma draws what lies under the pointer stays bound to the unit in use: were it one that nodes are drawn
  // from, the card would refuse to draw them there, and a click after a zoom would find nothing.
  sigma.on("afterClear", () => card.activeTexture(card.TEXTURE0 + SPARE_UNIT));
  return sigma;
}
