'use client';

import type { ExpectationResult } from '#engine/mapping/expectations.ts';
import { Pin, PinOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { exampleOf } from '#components/schema-form/sample-paths.ts';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/cn.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { newId } from '#engine/flow/document.ts';
import { cellsOf, type Cell } from '../model/cells.ts';
import type { PlacedRule } from '../model/place-rules.ts';
import { useMappingFault } from '../use-mapping-fault.ts';
import { useRoom } from './room-context.ts';
import { useRoomData } from './room-data.ts';
import { dropExpectation, putExpectation } from './expectations.ts';

/** Every place a rule fills for the chosen sample; a value can be pinned, and what differs from a pin says so with both ways on. */
export function Cells({ placed }: { placed: PlacedRule }) {
  const t = useTranslations('mapping.room');
  const { preview, sample, verdicts } = useRoomData();
  if (preview === null || sample === null || placed.steps === null) return <p className="text-xs text-text-muted">{t('noSampleHere')}</p>;
  const { cells, more } = cellsOf(preview, placed.steps);
  return (
    <ul aria-label={t('results')} className="flex max-h-44 flex-col overflow-y-auto rounded-md border border-border">
      {cells.map((cell) => (
        <CellLine key={cell.place} cell={cell} sampleId={sample.id} verdict={verdicts.find(({ expectation }) => expectation.target === cell.place && expectation.sampleId === sample.id)} />
      ))}
      {cells.length === 0 && <li className="px-2 py-1 text-xs text-text-muted">{t('noItems')}</li>}
      {more > 0 && <li className="px-2 py-1 text-xs text-text-muted">{t('moreCells', { count: more })}</li>}
    </ul>
  );
}

function CellLine({ cell, sampleId, verdict }: { cell: Cell; sampleId: string; verdict: ExpectationResult | undefined }) {
  const t = useTranslations('mapping.room');
  const fault = useMappingFault();
  const room = useRoom();
  const broken = verdict?.state === 'broken';
  const pinned = { id: verdict?.expectation.id ?? newId('pin'), sampleId, target: cell.place, value: cell.value ?? null };
  return (
    <li className={cn('flex min-h-8 items-center gap-2 border-b border-border px-2 last:border-b-0', broken && 'bg-failed-tint')}>
      <span className="w-40 shrink-0 truncate font-mono text-2xs text-text-muted">{cell.place}</span>
      {cell.error === null ? (
        <span className={cn('min-w-0 flex-1 truncate text-xs', cell.value === undefined ? 'text-text-muted italic' : 'font-mono')} title={exampleOf(cell.value)}>
          {cell.value === undefined ? t('empty') : exampleOf(cell.value) === '' ? '""' : exampleOf(cell.value)}
        </span>
      ) : (
        <span className="min-w-0 flex-1 truncate text-xs text-failed" title={fault(cell.error)}>
          {fault(cell.error)}
        </span>
      )}
      {broken && (
        <>
          <span className="shrink-0 truncate text-xs text-failed">{t('expected', { value: exampleOf(verdict.expectation.value) })}</span>
          {!room.readOnly && (
            <Button size="sm" onClick={() => putExpectation(room, pinned)}>
              {t('acceptNew')}
            </Button>
          )}
        </>
      )}
      {!room.readOnly &&
        (verdict === undefined ? (
          <IconButton size="sm" label={t('pin', { place: cell.place })} icon={<Pin />} disabled={cell.error !== null} onClick={() => putExpectation(room, pinned)} />
        ) : (
          <IconButton size="sm" className="text-success" label={t('unpin', { place: cell.place })} icon={<PinOff />} onClick={() => dropExpectation(room, verdict.expectation.id)} />
        ))}
    </li>
  );
}
