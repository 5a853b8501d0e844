import { useTranslations } from 'next-intl';
import { type ListedKind, nodeKindList } from './kinds.ts';
import { rankKinds } from './rank-kinds.ts';

/** Node kinds that a search finds, best first; all of them while nothing is searched. */
export function useKindSearch(search: string): ListedKind[] {
  const t = useTranslations('nodes');
  return rankKinds(nodeKindList(), search, ({ kind }) => ({
    name: t(`${kind}.label`),
    search: t.has(`${kind}.search`) ? t(`${kind}.search`) : '',
    description: t(`${kind}.description`),
  }));
}
