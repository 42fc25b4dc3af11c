/** Which letters of a name are those that were typed, whatever marks and capitals either has. */

/** Some letters of a name in a row, and whether they were typed. */
export interface Run {
  text: string;
  isMatch: boolean;
}

/** The letters as search compares them: small, without marks, each for one. */
export function folded(said: string): string {
  const small = [...said].map((letter) => {
    const bare = letter.toLocaleLowerCase("tr").normalize("NFD").charAt(0);
    return bare === "ı" ? "i" : bare;
  });
  return small.join("");
}

/** The name cut into runs: beginnings of words that begin with a word that was typed, and the rest. */
export function marked(name: string, typed: string): Run[] {
  const letters = [...name];
  const asked = folded(typed).match(/[\p{L}\p{N}]+/gu) ?? [];
  const isMatch = letters.map(() => false);
  for (const word of folded(name).matchAll(/[\p{L}\p{N}]+/gu)) {
    const longest = Math.max(0, ...asked.filter((begun) => word[0].startsWith(begun)).map((begun) => begun.length));
    isMatch.fill(true, word.index, word.index + longest);
  }
  const runs: Run[] = [];
  letters.forEach((letter, place) => {
    const last = runs.at(-1);
    if (last !== undefined && last.isMatch === isMatch[place]) last.text += letter;
    else runs.push({ text: letter, isMatch: isMatch[place] ?? false });
  });
  return runs;
}
