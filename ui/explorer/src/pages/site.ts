/** Makes quicker what works without script: each element that names a part in `data-enhance` gets that part. */

/** A part takes one element over; it is loaded only where a page has such an element. */
export interface Part {
  enhance(element: HTMLElement): void | Promise<void>;
}

const parts: Record<string, () => Promise<Part>> = {
  act_text: () => import("./act_text"),
  act_tree: () => import("./act_tree"),
  copy: () => import("./copy"),
  keys: () => import("./keys"),
  progress: () => import("./progress"),
  suggest: () => import("./suggest"),
  viewer: () => import("./viewer"),
  groups: () => import("./groups"),
  sparql: () => import("./sparql"),
  tree: () => import("./tree"),
  explorer: () => import("../explorer/explorer"),
};

async function enhanceAll(root: ParentNode): Promise<void> {
  const waiting = [];
  for (const element of root.querySelectorAll<HTMLElement>("[data-enhance]")) {
    for (const name of (element.dataset.enhance ?? "").split(" ")) {
      const load = parts[name];
      if (load === undefined) throw new Error(`no part is called ${name}`);
      waiting.push(load().then((part) => part.enhance(element)));
    }
  }
  await Promise.all(waiting);
  // What waits for the script, such as a test, waits for this.
  document.documentElement.dataset.ready = "true";
}

void enhanceAll(document);
