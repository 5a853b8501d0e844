import { NEUTRAL, VOCABULARY } from './vocabulary.ts';

const CACHE = new Map<string, readonly string[]>();
const MAX_CACHE = 20_000;

/** What a field's name speaks of: `sellToPostalCode` → customer, postcode. Words nobody knows stand for themselves. */
export function conceptsOf(name: string): readonly string[] {
  const known = CACHE.get(name);
  if (known !== undefined) return known;
  const concepts = readPhrases(wordsOf(name));
  if (CACHE.size >= MAX_CACHE) CACHE.clear();
  CACHE.set(name, concepts);
  return concepts;
}

/** The words of a name, in lower case, umlauts written out: `LineItemsÜ_2` → line items ue 2. */
export function wordsOf(name: string): string[] {
  return name
    .slice(0, 120)
    .replaceAll('ß', 'ss')
    .replace(/[äöüÄÖÜ]/g, (letter) => `${letter.normalize('NFD').charAt(0)}${letter === letter.toLowerCase() ? 'e' : 'E'}`)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/([A-Za-z])(\d)/g, '$1 $2')
    .replace(/(\d)([A-Za-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .flatMap((word) => (VOCABULARY.words.has(word) || word.length < 6 ? [word] : (cut(word) ?? [word])));
}

/** Cuts a run-together name into words of the vocabulary, the fewest there can be: `createdat` → created at. */
function cut(word: string): string[] | null {
  const best: (string[] | null)[] = [[]];
  for (let end = 1; end <= word.length; end += 1) {
    let found: string[] | null = null;
    for (let start = Math.max(0, end - 16); start < end; start += 1) {
      const before = best[start] ?? null;
      if (before === null || (found !== null && before.length + 1 >= found.length)) continue;
      const piece = word.slice(start, end);
      if ((piece.length > 2 || piece === 'at' || piece === 'id' || piece === 'no' || piece === 'to' || piece === 'nr') && VOCABULARY.words.has(piece)) {
        found = [...before, piece];
      }
    }
    best[end] = found;
  }
  return best[word.length] ?? null;
}

function readPhrases(words: readonly string[]): readonly string[] {
  const concepts: string[] = [];
  for (let at = 0; at < words.length; ) {
    const taken = longestPhrase(words, at);
    if (taken === null) {
      const word = words[at] ?? '';
      const stem = word.length > 3 && word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.length > 3 && word.endsWith('s') ? word.slice(0, -1) : word;
      if (!NEUTRAL.has(stem) && !NEUTRAL.has(word)) concepts.push(stem);
      at += 1;
      continue;
    }
    concepts.push(...taken.concepts);
    at += taken.length;
  }
  return [...new Set(concepts)];
}

function longestPhrase(words: readonly string[], at: number): { concepts: readonly string[]; length: number } | null {
  for (let length = Math.min(VOCABULARY.longest, words.length - at); length > 0; length -= 1) {
    const concepts = VOCABULARY.phrases.get(words.slice(at, at + length).join(' '));
    if (concepts !== undefined) return { concepts, length };
  }
  return null;
}
