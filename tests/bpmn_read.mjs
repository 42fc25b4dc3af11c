// Reads BPMN 2.0 as bpmn-js does and tells what was found: JSON on standard output.
import { readFileSync } from "node:fs";

const moddle = new URL("../ui/explorer/node_modules/bpmn-moddle/dist/index.js", import.meta.url);
const { BpmnModdle } = await import(moddle);
const read = await new BpmnModdle().fromXML(readFileSync(0, "utf8"));
const { rootElement, elementsById, references, warnings } = read;
const processes = rootElement.rootElements.filter((each) => each.$type === "bpmn:Process");
const collaboration = rootElement.rootElements.find((each) => each.$type === "bpmn:Collaboration");
const ends = (flow) => [flow.sourceRef.id, flow.targetRef.id];
const plane = rootElement.diagrams[0].plane;
process.stdout.write(
  JSON.stringify({
    warnings: warnings.map((each) => each.message),
    unresolved: references.filter((each) => !(each.id in elementsById)).map((each) => each.id),
    participants: collaboration.participants.map((each) => [each.id, each.name, each.processRef.id]),
    messages: (collaboration.messageFlows ?? []).map((each) => [each.id, each.name ?? "", ...ends(each)]),
    nodes: processes.flatMap((each) =>
      (each.flowElements ?? [])
        .filter((node) => node.$type !== "bpmn:SequenceFlow" && node.$type !== "bpmn:DataObject")
        .map((node) => [node.id, node.$type, node.name, each.id]),
    ),
    sequences: processes.flatMap((each) =>
      (each.flowElements ?? [])
        .filter((flow) => flow.$type === "bpmn:SequenceFlow")
        .map((flow) => [flow.id, flow.name ?? "", ...ends(flow)]),
    ),
    data: processes.flatMap((each) =>
      (each.flowElements ?? []).flatMap((node) => [
        ...(node.dataInputAssociations ?? []).map((flow) => [flow.id, flow.sourceRef[0].id, node.id]),
        ...(node.dataOutputAssociations ?? []).map((flow) => [flow.id, node.id, flow.targetRef.id]),
      ]),
    ),
    shapes: plane.planeElement
      .filter((each) => each.$type === "bpmndi:BPMNShape")
      .map((each) => [each.bpmnElement.id, each.bounds.x, each.bounds.y, each.bounds.width, each.bounds.height]),
    edges: plane.planeElement
      .filter((each) => each.$type === "bpmndi:BPMNEdge")
      .map((each) => [each.bpmnElement.id, each.waypoint.map((point) => [point.x, point.y])]),
  }),
);
