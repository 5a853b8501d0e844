/** What a node kind can be found by, in the reader's language. */
export interface KindWords {
  name: string;
  /** Words other tools use for it. */
  search: string;
  description: string;
}

/**
 * The entries that a search finds, best first: by name, then by the words other tools use, then by description. Every word that
 * was typed must be found somewhere; the whole name typed is always the first hit.
 */
export function rankKinds<T>(entries: readonly T[], search: string, wordsOf: (entry: T) => KindWords): T[] {
  const typed = search.trim().toLocaleLowerCase();
  const wanted = typed.split(/\s+/).filter((word) => word !== '');
  if (wanted.length === 0) return [...entries];
  return entries
    .map((entry) => ({ entry, rank: rankOf(wanted, typed, wordsOf(entry)) }))
    .filter(({ rank }) => rank !== null)
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .map(({ entry }) => entry);
}

function rankOf(wanted: readonly string[], typed: string, words: KindWords): number | null {
  const texts = [words.name, words.search, words.description].map((text) => text.toLocaleLowerCase());
  const [name = ''] = texts;
  if (name === typed) return -100;
  let rank = name.startsWith(typed) ? -10 : 0;
  for (const word of wanted) {
    const at = texts.findIndex((text) => text.includes(word));
    if (at < 0) return null;
    rank += at;
  }
  return rank;
}
