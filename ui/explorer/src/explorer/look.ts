/** Colours of the page, as the theme that is on makes them; WebGL and pictures need them as plain values. */

import { CORNERS } from "./corners";

export interface KindLook {
  line: string;
  fill: string;
  icon: string;
}

export interface Look {
  ground: string;
  ink: string;
  quiet: string;
  line: string;
  arrow: string;
  focus: string;
  doubt: string;
  font: string;
  of(shape: string): KindLook;
}

/** The colours as the element would show them now. */
export function lookOf(element: HTMLElement): Look {
  const probe = document.createElement("span");
  probe.hidden = true;
  element.append(probe);
  const painting = document.createElement("canvas").getContext("2d");
  const colour = (name: string): string => {
    probe.style.color = `var(${name})`;
    const shown = getComputedStyle(probe).color;
    if (painting === null) return shown;
    // A canvas writes every notation of a colour as #rrggbb, which is what WebGL's reader takes.
    painting.fillStyle = shown;
    return painting.fillStyle;
  };
  const kinds = new Map(
    Object.keys(CORNERS).map((shape): [string, KindLook] => {
      const name = `--kg-${shape.replaceAll("_", "-")}`;
      return [shape, { line: colour(`${name}-line`), fill: colour(`${name}-fill`), icon: colour(`${name}-icon`) }];
    }),
  );
  const look = {
    ground: colour("--kg-ground"),
    ink: colour("--kg-ink"),
    quiet: colour("--kg-quiet"),
    line: colour("--kg-rule"),
    arrow: colour("--kg-arrow"),
    focus: colour("--kg-focus"),
    doubt: colour("--notice-line"),
    font: getComputedStyle(element).fontFamily,
  };
  probe.remove();
  const plain = { line: look.quiet, fill: look.ground, icon: look.ground };
  return { ...look, of: (shape) => kinds.get(shape) ?? kinds.get("other") ?? plain };
}

/** Calls back whenever the theme changes: the system's, or the page's own choice. */
export function watchTheme(changed: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
  new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}
