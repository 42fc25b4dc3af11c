/** Turkish text as it is searched for: without case, marks or dots, as `kaysis_graph/text.py` folds it. */
export function folded(text: string): string {
  return text.toLocaleLowerCase("tr").normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ı", "i");
}

/** The numbers of the texts that hold every word of the question, in order. */
export function matching(texts: readonly string[], question: string): number[] {
  const words = folded(question).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return texts.flatMap((text, number) => {
    const searched = folded(text);
    return words.every((word) => searched.includes(word)) ? [number] : [];
  });
}
