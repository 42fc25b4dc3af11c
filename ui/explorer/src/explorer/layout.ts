/** Asks the worker for places; only the newest question counts. */

import { placed, type Places, type Task } from "./placing";

export interface Layout {
  places(task: Task): Promise<Places>;
  end(): void;
}

/** The layout in a worker, or here where workers may not run. */
export function layout(): Layout {
  let worker: Worker;
  try {
    worker = new Worker(new URL("./layout-worker.js", import.meta.url), { type: "module" });
  } catch {
    return { places: (task) => Promise.resolve(placed(task)), end: () => undefined };
  }
  const waiting = new Map<number, (places: Places) => void>();
  let turn = 0;
  worker.addEventListener("message", (event: MessageEvent<{ turn: number; places: Places }>) => {
    waiting.get(event.data.turn)?.(event.data.places);
    waiting.delete(event.data.turn);
  });
  return {
    places: (task) =>
      new Promise((resolve) => {
        turn += 1;
        waiting.set(turn, resolve);
        worker.postMessage({ turn, task });
      }),
    end: () => worker.terminate(),
  };
}
