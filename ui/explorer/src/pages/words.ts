/** The texts of a part, which the page brings in the language of its reader. */

/** The texts an element carries as JSON in `data-words`; a text that is missing is an error, as on the server. */
export function wordsOf(element: HTMLElement): (key: string, values?: Record<string, string | number>) => string {
  const texts = JSON.parse(element.dataset.words ?? "{}") as Record<string, string>;
  return (key, values = {}) => {
    const text = texts[key];
    if (text === undefined) throw new Error(`no text for ${key}`);
    return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
  };
}
