/** What the server told of the acts done so far, kept between answers. */

import type { Done, Explored, Hub, ShownEdge, ShownRecord, Thing } from "./contract";

export interface Model {
  records: ReadonlyMap<string, ShownRecord>;
  hubs: ReadonlyMap<string, Hub>;
  edges: ReadonlyMap<string, ShownEdge>;
  acts: readonly Done[];
  institutions: Readonly<Record<string, Thing>>;
  at: string;
  cut: Explored["cut"];
  most: number;
}

export const NOTHING: Model = {
  records: new Map(),
  hubs: new Map(),
  edges: new Map(),
  acts: [],
  institutions: {},
  at: "",
  cut: null,
  most: 5000,
};

/** An edge by its ends, type and first day, as the registry knows it. */
export function edgeKey(edge: ShownEdge): string {
  return `${edge.source}~${edge.type}~${edge.target}~${edge.valid_from ?? ""}`;
}

/** The model with what later acts added; the answer names all acts, and the records whose counts they changed. */
export function merged(model: Model, answer: Explored): Model {
  const records = new Map(model.records);
  for (const { id, counts } of answer.touched) {
    const record = records.get(id);
    if (record !== undefined) records.set(id, { ...record, counts });
  }
  for (const record of answer.nodes) records.set(record.thing.id, record);
  return {
    records,
    hubs: new Map([...model.hubs, ...answer.hubs.map((hub): [string, Hub] => [hub.id, hub])]),
    edges: new Map([...model.edges, ...answer.edges.map((edge): [string, ShownEdge] => [edgeKey(edge), edge])]),
    acts: answer.acts,
    institutions: { ...model.institutions, ...answer.institutions },
    at: answer.at,
    cut: answer.cut,
    most: answer.most,
  };
}

/** The model as it was after the first `count` acts. */
export function cutBack(model: Model, count: number): Model {
  const records = new Map([...model.records].filter(([, record]) => record.act < count));
  return {
    ...model,
    records,
    hubs: new Map([...model.hubs].filter(([, hub]) => hub.act < count)),
    edges: new Map([...model.edges].filter(([, edge]) => records.has(edge.source) && records.has(edge.target))),
    acts: model.acts.slice(0, count),
    cut: null,
  };
}
