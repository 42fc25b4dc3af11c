/** The records that a hub stands for, as a list to choose from. */

import { doing } from "./changes";
import { button, make, refill, tick } from "./elements";
import type { SceneNode } from "./scene";
import { neighbours, type Neighbours } from "./service";
import { sign } from "./sign";
import type { Deeds, Shown, Speech } from "./stage";

interface Open {
  key: string;
  day: string | null;
  pages: Neighbours[];
  chosen: Set<string>;
}

/** Gives the list of a hub; it keeps what was loaded and ticked while the hub stays selected. */
export function hubList(speech: Speech, deeds: Deeds): (node: SceneNode, shown: Shown) => HTMLElement {
  const { say, number } = speech;
  const element = make("div", { class: "ex-hub-list", "aria-live": "polite" });
  let open: Open = { key: "", day: null, pages: [], chosen: new Set() };

  const load = async (node: SceneNode, shown: Shown): Promise<void> => {
    const mine = open;
    const hub = shown.model.hubs.get(node.key);
    const owner = hub === undefined ? undefined : shown.model.records.get(hub.parent)?.thing;
    if (hub === undefined || owner === undefined) return;
    element.setAttribute("aria-busy", "true");
    const cursor = open.pages.at(-1)?.next ?? null;
    const page = await neighbours(owner, hub, shown.state, cursor, speech.language);
    element.removeAttribute("aria-busy");
    if (open !== mine) return;
    open.pages.push(page);
    fill(node, shown);
  };
  const failed = (error: unknown): void => refill(element, make("p", { class: "notice" }, String(error)));

  const fill = (node: SceneNode, shown: Shown): void => {
    const told = open.pages.flatMap((page) => page.things);
    const left = node.count - told.length;
    // Two edges may join the same two records, one after the other in time.
    const things = [...new Map(told.map((thing) => [thing.id, thing])).values()];
    const show = button(say("show_chosen", { count: number(open.chosen.size) }), () => {
      const ids = [...open.chosen];
      open.chosen.clear();
      deeds.step(doing(shown.state, ...ids), say("told_added_many", { count: number(ids.length) }));
    });
    show.disabled = open.chosen.size === 0;
    const rows = things.map((thing) => {
      const isThere = shown.scene.nodes.has(thing.id);
      const box = tick(speech.title(thing), isThere || open.chosen.has(thing.id), (isOn) => {
        if (isOn) open.chosen.add(thing.id);
        else open.chosen.delete(thing.id);
        fill(node, shown);
      }, sign(speech.words, thing.kind)); // prettier-ignore
      const input = box.querySelector("input");
      if (input !== null) {
        input.disabled = isThere;
        input.dataset.keep = `hub.${thing.id}`;
      }
      return make("li", {}, box);
    });
    const more = button(
      say("list_more", { count: number(Math.min(50, left)), total: number(left) }),
      () => void load(node, shown).catch(failed),
      { "data-keep": "hub.more" },
    );
    refill(
      element,
      make("div", { class: "ex-row" }, show),
      make("ul", { class: "ex-hub" }, ...rows),
      left > 0 && open.pages.at(-1)?.next ? more : null,
    );
  };
  return (node, shown) => {
    if (open.key !== node.key || open.day !== shown.state.at) {
      open = { key: node.key, day: shown.state.at, pages: [], chosen: new Set() };
      refill(element, make("p", { class: "quiet" }, say("loading")));
      void load(node, shown).catch(failed);
    } else fill(node, shown);
    return element;
  };
}
