/** The part of a long list that is to be seen: as many elements as fit, whatever the number of rows. */

import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import type { Row } from "./model";

/** How the elements of rows come to be. */
export interface Making {
  make(row: Row): HTMLElement;
  update(element: HTMLElement, row: Row): void;
  gone(key: string): void;
}

const BESIDE = 12;
const ROW_REM = 2;

/** Rows of one height in an element that scrolls. */
export class Window {
  private readonly sizer = document.createElement("div");
  private readonly virtual: Virtualizer<HTMLElement, HTMLElement>;
  private readonly elements = new Map<string, HTMLElement>();
  private rows: readonly Row[] = [];

  constructor(
    private readonly scroller: HTMLElement,
    private readonly making: Making,
  ) {
    this.sizer.className = "tree-rows";
    this.sizer.setAttribute("role", "none");
    scroller.append(this.sizer);
    this.virtual = new Virtualizer<HTMLElement, HTMLElement>(this.options());
  }

  /** Shows these rows in the place of those before. */
  show(rows: readonly Row[]): void {
    const isFirst = this.rows.length === 0;
    this.rows = rows;
    this.virtual.setOptions(this.options());
    if (isFirst) this.virtual._didMount();
    this.virtual._willUpdate();
    this.virtual.measure();
    this.render();
  }

  scrollTo(index: number, align: "auto" | "center"): void {
    if (index < 0) return;
    const [offset] = this.virtual.getOffsetForIndex(index, align) ?? [0];
    // By whole rows: half a row under the edge is too small to be hit.
    const height = this.options().estimateSize();
    this.virtual.scrollToOffset(Math.round(offset / height) * height);
  }

  /** Brings the elements in line with the rows that are to be seen. */
  render(): void {
    this.sizer.style.height = `${this.virtual.getTotalSize()}px`;
    const left = new Set(this.elements.keys());
    for (const item of this.virtual.getVirtualItems()) {
      const row = this.rows[item.index];
      if (row === undefined) continue;
      left.delete(row.key);
      let element = this.elements.get(row.key);
      if (element === undefined) {
        element = this.making.make(row);
        this.elements.set(row.key, element);
        this.sizer.append(element);
      }
      element.style.transform = `translateY(${item.start}px)`;
      this.making.update(element, row);
    }
    for (const key of left) {
      this.elements.get(key)?.remove();
      this.elements.delete(key);
      this.making.gone(key);
    }
  }

  private options() {
    const height = ROW_REM * parseFloat(getComputedStyle(document.documentElement).fontSize);
    return {
      count: this.rows.length,
      getScrollElement: () => this.scroller,
      estimateSize: () => height,
      getItemKey: (index: number) => this.rows[index]?.key ?? index,
      overscan: BESIDE,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: () => this.render(),
    };
  }
}
