'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useTranslations } from 'next-intl';
import { type RefObject, useCallback } from 'react';
import { exampleOf } from '#components/schema-form/sample-paths.ts';
import type { Json } from '#engine/flow/json.ts';
import { readPath } from '#engine/flow/path.ts';
import type { TreeRow } from '../model/field-tree.ts';
import type { SourceNode } from '../model/source-tree.ts';
import { PaneSearch } from './pane-search.tsx';
import { useRoom, useRoomView } from './room-context.ts';
import { activate, toggleFold } from './room-view.ts';
import { SourceRow } from './source-row.tsx';
import { useRowKeys } from './use-row-keys.ts';
import { PANE_IDS } from './use-room-value.ts';

interface SourcePaneProps {
  rows: readonly TreeRow<SourceNode>[];
  rowHeight: number;
  scroller: RefObject<HTMLDivElement | null>;
  sample: Json | undefined;
  /** Fields that rules take. */
  used: ReadonlySet<string>;
  total: number;
}

/** The tree of what arrives. */
export function SourcePane({ rows, rowHeight, scroller, sample, used, total }: SourcePaneProps) {
  const t = useTranslations('mapping.room');
  const room = useRoom();
  const active = useRoomView((view) => view.active.source);
  // oxlint-disable-next-line react/incompatible-library -- nothing it returns is handed to a memoised component
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 8 });
  const onAct = useCallback(
    (row: TreeRow<SourceNode>) => {
      const { held } = room.view.getState();
      if (held?.side === 'target') {
        room.view.setState({ held: null });
        room.draw(row.node.path, held.path);
        return;
      }
      if (room.readOnly) {
        if (row.hasChildren) toggleFold(room.view, 'source', row.node.path);
        return;
      }
      const again = held?.path === row.node.path;
      room.view.setState({ held: again ? null : { side: 'source', path: row.node.path }, notice: again ? '' : t('heldSource', { field: row.node.name }) });
    },
    [room, t],
  );
  const onKeyDown = useRowKeys({
    side: 'source',
    rows,
    scrollTo: (index) => virtual.scrollToIndex(index),
    onAct: (row) => {
      onAct(row);
      if (room.view.getState().held?.side === 'source') room.focus('target');
    },
  });
  return (
    <section aria-label={t('source')} className="@container flex min-h-0 min-w-0 flex-col">
      <PaneSearch side="source" title={t('sourceTitle', { count: total })} placeholder={t('searchSource')} first={rows[0]?.key ?? null} />
      <div
        ref={scroller}
        id={PANE_IDS.source}
        role="tree"
        aria-label={t('source')}
        aria-describedby="mapper-help"
        tabIndex={0}
        aria-activedescendant={active === null ? undefined : rowId(active)}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          if (event.target === event.currentTarget && room.view.getState().active.source === null) activate(room.view, 'source', rows[0]?.key ?? null);
        }}
        className="group/tree min-h-0 flex-1 overflow-y-auto outline-none"
      >
        <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <div key={row.key} role="presentation" className="absolute inset-x-0 top-0" style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}>
                <SourceRow id={rowId(row.key)} row={row} value={valueAt(sample, row.node)} used={used.has(row.node.path)} onAct={onAct} />
              </div>
            );
          })}
        </div>
        {rows.length === 0 && <p className="p-4 text-sm text-text-muted">{t(total === 0 ? 'noSource' : 'noHit')}</p>}
      </div>
    </section>
  );
}

function rowId(key: string): string {
  return `mapper-source-${key}`;
}

/** What the sample holds at a field; in lists the value of the first item. */
function valueAt(sample: Json | undefined, node: SourceNode): string {
  if (sample === undefined) return '';
  return exampleOf(readPath(sample, node.path.replaceAll('[]', '[0]')));
}
