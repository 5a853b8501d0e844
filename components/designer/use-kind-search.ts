import { useTranslations } from 'next-intl';
import { type ListedKind, nodeKindList } from './kinds.ts';

/**
 * Node kinds that a search finds, best first: by name, then by the words other tools use for it, then by description. Every word
 * that was typed must be found somewhere.
 */
export function useKindSearch(search: string): ListedKind[] {
  const t = useTranslations('nodes');
  const wanted = search.trim().toLocaleLowerCase().split(/\s+/).filter((word) => word !== '');
  if (wanted.length === 0) return nodeKindList();
  return nodeKindList()
    .map((kind) => {
      const name = t(`${kind.kind}.label`).toLocaleLowerCase();
      const words = t.has(`${kind.kind}.search`) ? t(`${kind.kind}.search`).toLocaleLowerCase() : '';
      const description = t(`${kind.kind}.description`).toLocaleLowerCase();
      return { kind, rank: rankOf(wanted, [name, words, description]) };
    })
    .filter(({ rank }) => rank !== null)
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .map(({ kind }) => kind);
}

/** Sum over the words of the first text they are found in; the beginning of a name counts most. Null: one is nowhere. */
function rankOf(wanted: readonly string[], texts: readonly string[]): number | null {
  let rank = 0;
  for (const word of wanted) {
    const at = texts.findIndex((text) => text.includes(word));
    if (at < 0) return null;
    rank += at === 0 && texts[0]?.startsWith(word) === true ? -1 : at;
  }
  return rank;
}
