'use client';

import { useQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { StateMark } from '#components/runs/state-mark.tsx';
import { useCan } from '#components/shell/session-context.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuItem, MenuLabel } from '#components/ui/menu.tsx';
import { useDesigner } from '../use-designer.ts';

const SHOWN = 20;

/** Opens a run of the past on the canvas: its counts, times and failures stand where they happened. */
export function PastRuns() {
  const t = useTranslations('samples');
  const format = useFormatter();
  const trpc = useTrpc();
  const mayView = useCan('run:view');
  const flowId = useDesigner((state) => state.flowId);
  const [asked, setAsked] = useState(false);
  const query = useQuery({ ...trpc.run.list.queryOptions({ flowId, limit: SHOWN }), enabled: asked });
  if (!mayView) return null;
  const items = query.data?.items;
  return (
    <Menu
      className="max-h-96 w-88 max-w-[92vw]"
      trigger={
        <Button variant="quiet" size="sm" className="self-start" onPointerDown={() => setAsked(true)} onFocus={() => setAsked(true)}>
          <History aria-hidden className="size-3.5" />
          {t('lookAtRun')}
        </Button>
      }
    >
      <MenuLabel>{items === undefined ? t('loading') : items.length === 0 ? t('noRuns') : t('lookAtRunText')}</MenuLabel>
      {items?.map((run) => (
        <MenuItem key={run.id} onSelect={() => openRun(run.id)}>
          <span className="flex items-baseline gap-2 text-xs">
            <StateMark state={run.state} className="text-xs" />
            <span className="min-w-0 flex-1 truncate font-medium">{run.businessKeys.join(' · ')}</span>
            <time dateTime={run.startedAt} className="shrink-0 text-text-muted">
              {format.dateTime(new Date(run.startedAt), 'moment')}
            </time>
          </span>
        </MenuItem>
      ))}
    </Menu>
  );
}

function openRun(runId: string): void {
  const url = new URL(window.location.href);
  url.searchParams.set('run', runId);
  window.history.replaceState(window.history.state, '', url);
}
