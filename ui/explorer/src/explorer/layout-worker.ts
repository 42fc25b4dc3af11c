/** The layout in a thread of its own; bundled as its own file. */

import { placed, type Task } from "./placing";

self.addEventListener("message", (event: MessageEvent<{ turn: number; task: Task }>) => {
  const { turn, task } = event.data;
  self.postMessage({ turn, places: placed(task) });
});
