/** What stands around the explorer and must follow it: the day, the address, the link to the other language. */

import { queryOf, type State } from "./address";
import type { Deeds, Speech } from "./stage";

/** Takes the form of the day over and keeps links in step; gives what follows each state. */
export function surroundings(current: () => State, deeds: Deeds, speech: Speech): (state: State, day: string) => void {
  const form = document.querySelector<HTMLFormElement>("form.as-of");
  const input = form?.querySelector<HTMLInputElement>("input[name=at]") ?? null;
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input !== null)
      deeds.step({ ...current(), at: input.value }, speech.say("told_day", { day: speech.day(input.value) }));
  });
  form?.querySelector("a.today")?.addEventListener("click", (event) => {
    event.preventDefault();
    deeds.step({ ...current(), at: null });
  });
  return (state, day) => {
    if (input !== null) input.value = day;
    document.querySelector(".strip")?.classList.toggle("dated", day !== new Date().toLocaleDateString("sv"));
    const told = form?.querySelector("strong");
    if (told) told.textContent = speech.day(day);
    const other = document.querySelector<HTMLAnchorElement>("a.language");
    if (other !== null) other.search = `?${queryOf(state, other.lang)}`;
    for (const theme of document.querySelectorAll<HTMLAnchorElement>(".themes a")) {
      const chosen = new URLSearchParams(theme.search).get("theme") ?? "system";
      theme.search = `?${queryOf(state)}&theme=${chosen}`;
    }
  };
}
