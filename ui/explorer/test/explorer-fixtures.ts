/** Small answers of the service, as the tests of the explorer need them. */

import type { Count, Explored, ShownEdge, ShownRecord } from "../src/explorer/contract";

export function record(id: string, more: Partial<ShownRecord> & { kind?: string } = {}): ShownRecord {
  const { kind = "organisation", ...rest } = more;
  return {
    thing: {
      id,
      kind,
      title: id,
      title_en: null,
      state: "valid",
      is_unverified: false,
      is_stub: false,
      distinctions: [],
      href: `/records/${kind}/${id}`,
    },
    valid_from: null,
    valid_to: null,
    earlier_spells: [],
    institution: null,
    act: 0,
    parent: null,
    x: 0,
    y: 0,
    counts: [],
    resting: null,
    ...rest,
  };
}

export function edge(source: string, target: string, more: Partial<ShownEdge> = {}): ShownEdge {
  return { source, target, type: "PART_OF", valid_from: null, valid_to: null, holds: true, has_effect: true, ...more };
}

export function count(total: number): Count {
  return { direction: "in", type: "PART_OF", kind: "organisation", total };
}

export function answer(
  acts: string[],
  nodes: ShownRecord[],
  edges: ShownEdge[],
  more: Partial<Explored> = {},
): Explored {
  return {
    at: "2026-11-25",
    sequence: 1,
    complete: true,
    cut: null,
    nodes,
    hubs: [],
    edges,
    acts: acts.map((act) => ({ act, total: 1, shown: 1, more: false })),
    touched: [],
    institutions: {},
    most: 5000,
    ...more,
  };
}

/** A star: a middle and so many leaves around it, as the server proposes them. */
export function star(leaves: number): Explored {
  const around = Array.from({ length: leaves }, (_, place) => {
    const angle = (2 * Math.PI * place) / leaves;
    return record(`leaf-${String(place).padStart(3, "0")}`, {
      act: 1,
      parent: "middle",
      x: 10 * Math.cos(angle),
      y: 10 * Math.sin(angle),
    });
  });
  const edges = around.map((leaf) => edge(leaf.thing.id, "middle"));
  return answer(["middle", "middle~in~PART_OF~organisation~1"], [record("middle"), ...around], edges);
}
