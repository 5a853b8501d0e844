'use client';

import { useNow, useTranslations } from 'next-intl';
import { Badge } from '#components/ui/badge.tsx';
import { ListCell, ListGrid, ListRow } from '#components/ui/list-grid.tsx';
import { TimeAgo } from '#components/ui/time-ago.tsx';
import { Part } from './part.tsx';

const GRID = 'md:grid-cols-[minmax(0,1fr)_8rem_8rem_10rem]';
const ROWS = [
  { name: 'nameValue', tone: 'success', word: 'succeeded', orders: 1204 },
  { name: 'longName', tone: 'failed', word: 'failed', orders: 18 },
  { name: 'neutral', tone: 'neutral', word: 'neutral', orders: 0 },
] as const;

/** Many things of one kind. */
export function Lists() {
  const t = useTranslations('styleguide.sample');
  const now = useNow();
  return (
    <Part name="ListGrid, ListRow, ListCell" columns={1}>
      <div className="overflow-hidden rounded-md border-x border-border">
        <ListGrid
          label={t('list')}
          grid={GRID}
          columns={[
            { key: 'name', label: t('name') },
            { key: 'state', label: t('state') },
            { key: 'orders', label: t('orders'), numeric: true },
            { key: 'last', label: t('last') },
          ]}
        >
          {ROWS.map((row) => (
            <ListRow key={row.name} grid={GRID}>
              <ListCell wide>
                <span className="line-clamp-2 font-medium">{t(row.name)}</span>
              </ListCell>
              <ListCell>
                <Badge tone={row.tone}>{t(row.word)}</Badge>
              </ListCell>
              <ListCell label={t('orders')} numeric>
                {row.orders}
              </ListCell>
              <ListCell>
                <TimeAgo at={now} className="text-text-muted" />
              </ListCell>
            </ListRow>
          ))}
        </ListGrid>
      </div>
    </Part>
  );
}
