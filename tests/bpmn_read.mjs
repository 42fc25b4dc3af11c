// Reads documents of BPMN 2.0 as bpmn-js does, a JSON list of them, and tells what was found in each.
import { readFileSync } from "node:fs";

const { BpmnModdle } = await import(new URL("../ui/explorer/node_modules/bpmn-moddle/dist/index.js", import.meta.url));

async function found(document) {
  const { rootElement, elementsById, references, warnings } = await new BpmnModdle().fromXML(document);
  const processes = rootElement.rootElements.filter((each) => each.$type === "bpmn:Process");
  const inside = processes.flatMap((each) => (each.flowElements ?? []).map((element) => [element, each.id]));
  const collaboration = rootElement.rootElements.find((each) => each.$type === "bpmn:Collaboration");
  const drawn = rootElement.diagrams[0].plane.planeElement;
  const ends = (flow) => [flow.id, flow.name ?? "", flow.sourceRef.id, flow.targetRef.id];
  const is = (...types) => ([element]) => types.includes(element.$type);
  return {
    warnings: warnings.map((each) => each.message),
    unresolved: references.filter((each) => !(each.id in elementsById)).map((each) => each.id),
    participants: collaboration.participants.map((each) => [each.id, each.name, each.processRef.id]),
    messages: (collaboration.messageFlows ?? []).map(ends),
    nodes: inside
      .filter((each) => !is("bpmn:SequenceFlow", "bpmn:DataObject")(each))
      .map(([node, process]) => [node.id, node.$type, node.name, process]),
    sequences: inside.filter(is("bpmn:SequenceFlow")).map(([flow]) => ends(flow)),
    data: inside.flatMap(([node]) => [
      ...(node.dataInputAssociations ?? []).map((flow) => [flow.id, flow.sourceRef[0].id, node.id]),
      ...(node.dataOutputAssociations ?? []).map((flow) => [flow.id, node.id, flow.targetRef.id]),
    ]),
    shapes: drawn
      .filter((each) => each.$type === "bpmndi:BPMNShape")
      .map(({ bpmnElement, bounds }) => [bpmnElement.id, bounds.x, bounds.y, bounds.width, bounds.height]),
    edges: drawn
      .filter((each) => each.$type === "bpmndi:BPMNEdge")
      .map(({ bpmnElement, waypoint }) => [bpmnElement.id, waypoint.map(({ x, y }) => [x, y])]),
  };
}

const documents = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(await Promise.all(documents.map(found))));
