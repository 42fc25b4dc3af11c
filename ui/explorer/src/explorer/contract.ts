/** What `/api/explore` and its neighbours answer, as this client reads it. */

import type { Titled } from "../titles";

export type Direction = "out" | "in";
export type Standing = "valid" | "ended" | "repealed" | "not_in_force" | "future";

export interface Thing extends Titled {
  id: string;
  /** The slug of the kind. */
  kind: string;
  state: Standing;
  is_unverified: boolean;
  is_stub: boolean;
  href: string;
}

/** How many neighbours of one meaning a record has. */
export interface Count {
  direction: Direction;
  type: string;
  kind: string;
  total: number;
}

/** Days are ISO dates, so that they compare as text; null is open. */
export interface Dated {
  valid_from: string | null;
  valid_to: string | null;
}

export interface ShownRecord extends Dated {
  thing: Thing;
  /** The spells before the one its own days tell, the oldest first: closed and founded again. */
  earlier_spells: Dated[];
  /** How many records rest directly on an act or its provisions; null for other kinds. */
  resting: number | null;
  institution: string | null;
  act: number;
  parent: string | null;
  x: number;
  y: number;
  counts: Count[];
}

export interface Hub extends Count {
  id: string;
  parent: string;
  x: number;
  y: number;
  act: number;
}

export interface ShownEdge extends Dated {
  source: string;
  type: string;
  target: string;
  holds: boolean;
  /** False for a repeal or amendment whose source was not in force on its day. */
  has_effect: boolean;
}

/** What an act brought. */
export interface Done {
  act: string;
  total: number;
  shown: number;
  more: boolean;
}

export interface Explored {
  at: string;
  sequence: number;
  complete: boolean;
  cut: { why: string; how: string } | null;
  nodes: ShownRecord[];
  hubs: Hub[];
  edges: ShownEdge[];
  acts: Done[];
  /** Records shown before whose counts later acts changed. */
  touched: { id: string; counts: Count[] }[];
  institutions: Record<string, Thing>;
  most: number;
}

/** The words of the schema in the language of the reader, from `data-schema`. */
export interface Vocabulary {
  kinds: Record<string, { label: string; plural: string; shape: string }>;
  edges: Record<string, string>;
  /** By `kind.direction.TYPE.kind`, kinds as slugs. */
  meanings: Record<string, string>;
  icons: Record<string, string>;
}
