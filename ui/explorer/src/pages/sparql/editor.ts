/** The editor: CodeMirror with the grammar of SPARQL (YASQE), our prefixes and our terms, and no other host. */

import Yasqe from "@zazuko/yasqe";
import { complete, type Typed } from "./completing";
import type { Vocabulary } from "./terms";
import { rooted } from "../../root";

interface Place {
  line: number;
  ch: number;
}

interface Token {
  start: number;
  end: number;
  string: string;
  type: string | null;
  state: { OK: boolean; errorMsg?: string; possibleCurrent?: string[] };
}

/** What is used of CodeMirror; YASQE's own types leave it open. */
interface Machine {
  getValue(): string;
  setValue(text: string): void;
  getCursor(): Place;
  getLine(line: number): string;
  lineCount(): number;
  getTokenAt(place: Place, isPrecise?: boolean): Token;
  getVariablesFromQuery(): string[];
  getPrefixesFromQuery(): Record<string, string>;
  replaceRange(text: string, place: Place): void;
  getMode(): { startState(): { prefixes: Record<string, string> } };
  showHint(options: object): void;
  setOption(name: string, value: unknown): void;
  getInputField(): HTMLElement;
  getWrapperElement(): HTMLElement;
  addLineClass(line: number, where: string, name: string): unknown;
  removeLineClass(line: number, where: string, name: string): unknown;
  setCursor(place: Place): void;
  focus(): void;
  refresh(): void;
  on(event: string, done: (machine: unknown, change: { origin?: string; text?: string[] }) => void): void;
  checkSyntax: () => void;
}

export interface Editor {
  text(): string;
  set(text: string): void;
  focus(): void;
  /** Marks the line that the endpoint refused, from 1 on; null takes the mark away. */
  mark(line: number | null): void;
}

export interface Doing {
  run(): void;
  leave(): void;
  /** The line with the first error of syntax, from 1 on, and what could stand there; null when there is none. */
  checked(line: number | null, expected: readonly string[]): void;
}

/** Puts an editor in the place of the text area. */
export function editor(area: HTMLTextAreaElement, label: string, vocabulary: Vocabulary, doing: Doing): Editor {
  const home = document.createElement("div");
  area.before(home);
  area.hidden = true;
  area.required = false;
  // Its own completions ask prefix.cc and Linked Open Vocabularies, its buttons and its store are not ours.
  Yasqe.defaults.autocompleters = [];
  const machine = new Yasqe(home, {
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null as never,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "auto",
    requestConfig: { endpoint: rooted("/sparql") },
    value: "",
    // In an editable element Chromium itself writes style attributes, which the policy of the pages forbids.
    inputStyle: "textarea",
    screenReaderLabel: label,
    lineWrapping: true,
    viewportMargin: Infinity,
    extraKeys: {
      "Ctrl-Enter": doing.run,
      "Cmd-Enter": doing.run,
      "Ctrl-Space": () => suggest(),
      "Ctrl-S": false,
      Esc: doing.leave,
    },
  } as object) as unknown as Machine;
  let marked: number | null = null;

  const suggest = (): void => {
    const { line, ch } = machine.getCursor();
    const typed = typedAt(machine, line, ch);
    const found = complete(typed, machine.getVariablesFromQuery(), vocabulary);
    if (found.length === 0) return;
    const list = found.map((one) => ({
      text: one.text,
      render: (element: HTMLElement) => {
        const note = document.createElement("span");
        note.className = "hint-label";
        note.textContent = one.label;
        element.append(one.text, " ", note);
      },
    }));
    const hint = (): object => ({ list, from: { line, ch: typed.start }, to: machine.getCursor() });
    machine.showHint({ hint, completeSingle: false, container: home, closeCharacters: /[\s{}();,.]/ });
  };

  machine.checkSyntax = () => {
    const found = firstError(machine);
    doing.checked(found === null ? null : found.line + 1, found?.expected ?? []);
  };
  machine.on("change", () => {
    mark(null);
    machine.checkSyntax();
  });
  machine.on("inputRead", (_, change) => {
    if (change.origin !== "+input") return;
    // CodeMirror is still at work on what was typed and takes no other change.
    setTimeout(() => {
      const { line, ch } = machine.getCursor();
      const typed = typedAt(machine, line, ch);
      if (!/^(?:[?$]\w+|[a-z-]+:[\w.-]*)$/i.test(typed.text)) return;
      declare(machine, typed, vocabulary);
      suggest();
    });
  });

  const mark = (line: number | null): void => {
    if (marked !== null && marked <= machine.lineCount()) machine.removeLineClass(marked - 1, "background", "refused");
    marked = line;
    if (line === null || line > machine.lineCount()) return;
    machine.addLineClass(line - 1, "background", "refused");
  };

  know(machine, vocabulary);
  machine.setValue(area.value);
  return {
    text: () => machine.getValue(),
    set: (text) => machine.setValue(text),
    focus: () => machine.focus(),
    mark,
  };
}

/** The word in front of the cursor, and what stands before that. */
function typedAt(machine: Machine, line: number, ch: number): Typed {
  const before = machine.getLine(line).slice(0, ch);
  const text = /[?$]?[\w:.-]*$/.exec(before)?.[0] ?? "";
  const start = ch - text.length;
  return { text, start, before: before.slice(0, start).trimEnd() };
}

/** Declares the prefix of what is typed when it is one of ours and not declared yet. */
function declare(machine: Machine, typed: Typed, { prefixes }: Vocabulary): void {
  const name = /^([a-z][a-z-]*):/.exec(typed.text)?.[1];
  const begins = name === undefined ? undefined : prefixes[name];
  if (name === undefined || begins === undefined || /\bPREFIX$/i.test(typed.before)) return;
  if (Object.hasOwn(machine.getPrefixesFromQuery(), name)) return;
  machine.replaceRange(`PREFIX ${name}: <${begins}>\n`, { line: 0, ch: 0 });
}

/** Our prefixes need no declaration: the grammar, which stops at its first error, finds them
    behind those that a query declares. */
function know(machine: Machine, { prefixes }: Vocabulary): void {
  const mode = machine.getMode();
  const start = mode.startState;
  mode.startState = () => ({ ...start(), prefixes: Object.create(prefixes) as Record<string, string> });
}

function firstError(machine: Machine): { line: number; expected: string[] } | null {
  for (let line = 0; line < machine.lineCount(); line++) {
    const { state } = machine.getTokenAt({ line, ch: machine.getLine(line).length }, line === 0);
    if (!state.OK) return { line, expected: state.possibleCurrent ?? [] };
  }
  return null;
}
