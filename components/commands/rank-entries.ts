/** What the palette searches in. */
export interface Searchable {
  label: string;
  words?: string;
  hint?: string;
}

/**
 * Entries that a search finds, best first: names that begin with it, then words that begin with it, then any that contain it.
 * Every word typed must be found. The order of equals is kept.
 */
export function rankEntries<T extends Searchable>(entries: readonly T[], search: string, limit: number): T[] {
  const typed = search.trim().toLocaleLowerCase();
  if (typed === '') return entries.slice(0, limit);
  const wanted = typed.split(/\s+/);
  const ranked: { entry: T; rank: number }[] = [];
  for (const entry of entries) {
    const rank = rankOf(entry, typed, wanted);
    if (rank !== null) ranked.push({ entry, rank });
  }
  return ranked
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ entry }) => entry);
}

/** How well the best of some entries fits; lower is better, and nothing found is the worst. */
export function bestRank(entries: readonly Searchable[], search: string): number {
  const typed = search.trim().toLocaleLowerCase();
  if (typed === '') return 0;
  const wanted = typed.split(/\s+/);
  return Math.min(...entries.map((entry) => rankOf(entry, typed, wanted) ?? Infinity), Infinity);
}

function rankOf(entry: Searchable, typed: string, wanted: readonly string[]): number | null {
  const label = entry.label.toLocaleLowerCase();
  if (label === typed) return -100;
  let rank = label.startsWith(typed) ? -50 : 0;
  const rest = `${entry.words ?? ''} ${entry.hint ?? ''}`.toLocaleLowerCase();
  for (const word of wanted) {
    if (startsWord(label, word)) rank += 0;
    else if (label.includes(word)) rank += 2;
    else if (startsWord(rest, word)) rank += 4;
    else if (rest.includes(word)) rank += 6;
    else return null;
  }
  return rank;
}

function startsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text.charAt(at - 1);
    if (at === 0 || !/[\p{L}\p{N}]/u.test(before)) return true;
  }
  return false;
}
