/** The state of the explorer and its address, one from the other. */

/** A record put somewhere by hand, after the first `after` acts were done. */
export interface Pin {
  id: string;
  x: number;
  y: number;
  after: number;
}

export interface Camera {
  x: number;
  y: number;
  ratio: number;
}

/** Everything that makes the picture what it is. Empty lists of kinds and types let all through. */
export interface State {
  acts: readonly string[];
  /** The acts whose records are folded away, by their place in `acts`. */
  folded: readonly number[];
  at: string | null;
  ever: boolean;
  hidesEnded: boolean;
  hidden: readonly string[];
  pins: readonly Pin[];
  kinds: readonly string[];
  types: readonly string[];
  institution: string | null;
  groups: boolean;
  /** Institutions whose records are shown one by one while the rest is grouped. */
  open: readonly string[];
  selected: readonly string[];
  camera: Camera | null;
}

export const EMPTY: State = {
  acts: [],
  folded: [],
  at: null,
  ever: false,
  hidesEnded: false,
  hidden: [],
  pins: [],
  kinds: [],
  types: [],
  institution: null,
  groups: false,
  open: [],
  selected: [],
  camera: null,
};

/** The state that the query of an address tells; what it does not understand is left out. */
export function stateOf(query: string): State {
  const said = new URLSearchParams(query);
  const list = (name: string): string[] => (said.get(name) ?? "").split(",").filter((part) => part !== "");
  return {
    acts: said.getAll("act").filter((act) => act !== ""),
    folded: list("fold").map(Number).filter(Number.isInteger),
    at: said.get("at") || null,
    ever: said.get("ever") === "true",
    hidesEnded: said.get("ended") === "hide",
    hidden: list("hide"),
    pins: said.getAll("pin").flatMap(pinOf),
    kinds: list("kinds"),
    types: list("types"),
    institution: said.get("institution") || null,
    groups: said.get("group") === "institution",
    open: list("open"),
    selected: list("select"),
    camera: cameraOf(said.get("camera")),
  };
}

/** The query that tells a state, always in the same order; what is as usual is left out. */
export function queryOf(state: State, lang: string | null = null): string {
  const parts: [string, string][] = [];
  const put = (name: string, value: string): void => void parts.push([name, value]);
  const list = (name: string, values: readonly (string | number)[]): void => {
    if (values.length > 0) put(name, values.join(","));
  };
  for (const act of state.acts) put("act", act);
  if (state.at !== null) put("at", state.at);
  if (state.ever) put("ever", "true");
  if (state.hidesEnded) put("ended", "hide");
  list("fold", state.folded);
  list("hide", state.hidden);
  for (const pin of state.pins) put("pin", `${pin.id}~${pin.x}~${pin.y}~${pin.after}`);
  list("kinds", state.kinds);
  list("types", state.types);
  if (state.institution !== null) put("institution", state.institution);
  if (state.groups) put("group", "institution");
  list("open", state.open);
  list("select", state.selected);
  if (state.camera !== null) put("camera", [state.camera.x, state.camera.y, state.camera.ratio].map(short).join("~"));
  if (lang !== null) put("lang", lang);
  // Identifiers, commas and ~ need no escapes in a query, and people read and mail these addresses.
  return parts.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%2C", ",")}`).join("&");
}

/** A number short enough for an address. */
export function short(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function pinOf(text: string): Pin[] {
  const [id, x, y, after] = text.split("~");
  const numbers = [x, y, after].map(Number);
  if (id === undefined || id === "" || numbers.length !== 3 || numbers.some(Number.isNaN)) return [];
  return [{ id, x: numbers[0] ?? 0, y: numbers[1] ?? 0, after: numbers[2] ?? 0 }];
}

function cameraOf(text: string | null): Camera | null {
  const [x, y, ratio] = (text ?? "").split("~").map(Number);
  if (x === undefined || y === undefined || ratio === undefined || !(ratio > 0) || Number.isNaN(x + y)) return null;
  return { x, y, ratio };
}
