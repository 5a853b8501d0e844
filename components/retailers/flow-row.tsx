'use client';

import { Archive, Ellipsis, Pencil } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { Badge, type Tone } from '#components/ui/badge.tsx';
import { cn } from '#components/ui/cn.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { ListCell, ListRow } from '#components/ui/list-grid.tsx';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { StatusDot } from '#components/ui/status-dot.tsx';
import { TimeAgo } from '#components/ui/time-ago.tsx';
import type { FlowListItem, FlowState } from '#server/views/flow.ts';

export const FLOW_GRID = 'md:grid-cols-[minmax(0,3fr)_minmax(11rem,1.4fr)_minmax(7rem,1fr)_5rem_5rem_2rem]';

const STATE_TONES: Record<FlowState, Tone> = { live: 'success', paused: 'waiting', draft: 'neutral' };

interface FlowRowProps {
  flow: FlowListItem;
  onRename: (() => void) | undefined;
  onArchive: (() => void) | undefined;
}

/** One flow: what state it is in and how its last day was. */
export function FlowRow({ flow, onRename, onArchive }: FlowRowProps) {
  const t = useTranslations('flows');
  const common = useTranslations('common');
  const format = useFormatter();
  return (
    <ListRow grid={FLOW_GRID}>
      <ListCell wide className="max-md:pr-10">
        <Link href={`/flows/${flow.id}`} className="block font-medium break-words after:absolute after:inset-0 after:-outline-offset-2 md:truncate">
          {flow.name}
        </Link>
      </ListCell>
      <ListCell wide className="flex flex-wrap items-center gap-2">
        <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
          <StatusDot tone={flow.held ? 'waiting' : STATE_TONES[flow.state]} />
          {t(`states.${flow.state}`)}
          {flow.liveVersion !== null && <span className="text-text-muted">{t('version', { number: flow.liveVersion })}</span>}
        </span>
        {flow.held && <Badge tone="waiting">{t('held')}</Badge>}
        {flow.draftChanged && flow.liveVersion !== null && <Badge tone="changed">{t('draftChanged')}</Badge>}
      </ListCell>
      <ListCell label={t('lastRun')} className="text-text-muted max-md:col-span-2 md:truncate">
        {flow.lastRunAt === null ? common('never') : <TimeAgo at={flow.lastRunAt} className="relative z-1" />}
      </ListCell>
      <ListCell label={t('runs24h')} numeric>
        {format.number(flow.runs24h)}
      </ListCell>
      <ListCell label={t('failed24h')} numeric>
        {flow.failed24h > 0 ? (
          <Link href={`/runs?flow=${flow.id}&retailer=${flow.retailerId}&state=failed`} className="relative z-1 font-semibold text-failed hover:underline">
            {format.number(flow.failed24h)}
          </Link>
        ) : (
          <span className="text-text-muted">{format.number(0)}</span>
        )}
      </ListCell>
      <ListCell className={cn('max-md:absolute max-md:top-2 max-md:right-2')}>
        {onRename !== undefined && onArchive !== undefined && (
          <span className="relative z-1 flex justify-end">
            <Menu align="end" trigger={<IconButton size="sm" label={t('actionsOf', { name: flow.name })} icon={<Ellipsis />} />}>
              <MenuItem icon={<Pencil aria-hidden />} onSelect={onRename}>
                {common('rename')}
              </MenuItem>
              <MenuSeparator />
              <MenuItem icon={<Archive aria-hidden />} tone="danger" onSelect={onArchive}>
                {t('archive')}
              </MenuItem>
            </Menu>
          </span>
        )}
      </ListCell>
    </ListRow>
  );
}
