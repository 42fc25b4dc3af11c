/** The texts of a part, which the page brings in the language of its reader. */

/** The texts an element carries as JSON in `data-words`; a text that is missing is an error, as on the server. */
export function wordsOf(element: HTMLElement): (key: string, values?: Record<string, string | number>) => string {
  const texts = JSON.parse(element.dataset.words ?? "{}") as Record<string, string>;
  return (key, values = {}) => {
    const text = texts[key];
    if (text === undefined) throw new Error(`no text for ${key}`);
    // `{count:record|records}` says the one word after 1 and the other after everything else.
    return text.replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (_, name: string, one?: string, many?: string) => {
      const value = String(values[name] ?? "");
      return one === undefined ? value : value === "1" ? one : (many ?? "");
    });
  };
}
