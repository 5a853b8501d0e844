'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { Plus, Trash2, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ClipboardEvent, useMemo, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/cn.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { readCsv } from './csv.ts';
import { type Grid, MOST_ROWS, pasteInto, removeColumn, setCell } from './table-edits.ts';

interface GridEditorProps {
  grid: Grid;
  search: string;
  problems: ReadonlyMap<number, 'keyMissing' | 'keyTwice'>;
  readOnly: boolean;
  onChange: (change: (grid: Grid) => Grid) => void;
}

const ROW = 36;
const CELL = 'h-9 w-full min-w-0 border-0 bg-transparent px-2 text-sm outline-offset-[-2px] read-only:text-text-muted';

/** The cells. Only the rows in view are in the document, so ten thousand stay quick; Enter goes down, Tab to the right. */
export function GridEditor({ grid, search, problems, readOnly, onChange }: GridEditorProps) {
  const t = useTranslations('dataTables.lookup');
  const scroller = useRef<HTMLDivElement>(null);
  const needle = search.trim().toLowerCase();
  const shown = useMemo(
    () => grid.rows.flatMap((row, index) => (needle === '' || row.some((cell) => cell.toLowerCase().includes(needle)) ? [index] : [])),
    [grid.rows, needle],
  );
  // oxlint-disable-next-line react/incompatible-library -- nothing it returns is handed to a memoised component
  const virtual = useVirtualizer({ count: shown.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 12 });
  const template = { gridTemplateColumns: `3rem repeat(${grid.columns.length + 1}, minmax(9rem, 1fr)) 2.5rem` };

  function paste(event: ClipboardEvent, at: { row: number; column: number }) {
    const text = event.clipboardData.getData('text/plain');
    if (!/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    onChange((before) => pasteInto(before, at, readCsv(text)));
  }
  function focusCell(row: number, column: number) {
    scroller.current?.querySelector<HTMLInputElement>(`[data-cell="${row}-${column}"]`)?.focus();
  }

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-auto border-t border-border">
      <div role="grid" aria-rowcount={grid.rows.length + 1} className="min-w-fit">
        <div role="row" className="sticky top-0 z-10 grid border-b border-border bg-surface-2 text-xs font-medium text-text-muted" style={template}>
          <span />
          <span role="columnheader" className="flex h-9 items-center border-l border-border px-2">
            {t('key')}
          </span>
          {grid.columns.map((name, column) => (
            <span key={column} role="columnheader" className="flex items-center border-l border-border">
              <input
                aria-label={t('columnName', { number: column + 1 })}
                className={cn(CELL, 'font-medium text-text')}
                value={name}
                readOnly={readOnly}
                maxLength={100}
                onChange={(event) => onChange((before) => ({ ...before, columns: before.columns.with(column, event.target.value) }))}
              />
              {!readOnly && grid.columns.length > 1 && <IconButton size="sm" label={t('removeColumn', { name })} icon={<X />} onClick={() => onChange((before) => removeColumn(before, column))} />}
            </span>
          ))}
          <span />
        </div>
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const index = shown[item.index] ?? 0;
            const row = grid.rows[index] ?? [];
            const problem = problems.get(index);
            return (
              <div key={item.key} role="row" aria-rowindex={index + 2} className={cn('absolute inset-x-0 grid border-b border-border', problem !== undefined && 'bg-failed-tint')} style={{ ...template, transform: `translateY(${item.start}px)` }}>
                <span className="flex h-9 items-center justify-end px-2 text-xs text-text-muted tabular-nums" title={problem === undefined ? undefined : t(problem)}>
                  {index + 1}
                </span>
                {Array.from({ length: grid.columns.length + 1 }, (_, column) => (
                  <span key={column} role="gridcell" className="border-l border-border">
                    <input
                      data-cell={`${index}-${column}`}
                      aria-label={t('cell', { column: column === 0 ? t('key') : (grid.columns[column - 1] ?? ''), number: index + 1 })}
                      aria-invalid={column === 0 && problem !== undefined ? true : undefined}
                      className={cn(CELL, column === 0 && 'font-mono text-xs')}
                      value={row[column] ?? ''}
                      readOnly={readOnly}
                      maxLength={1_000}
                      onPaste={readOnly ? undefined : (event) => paste(event, { row: index, column })}
                      onKeyDown={(event) => {
                        if (event.key === 'Enter') focusCell(index + 1, column);
                      }}
                      onChange={(event) => onChange((before) => setCell(before, { row: index, column }, event.target.value))}
                    />
                  </span>
                ))}
                <span className="flex items-center justify-center">
                  {!readOnly && <IconButton size="sm" label={t('removeRow', { number: index + 1 })} icon={<Trash2 />} onClick={() => onChange((before) => ({ ...before, rows: before.rows.filter((_, other) => other !== index) }))} />}
                </span>
              </div>
            );
          })}
        </div>
        {!readOnly && (
          <div className="p-2">
            <Button size="sm" variant="quiet" disabled={grid.rows.length >= MOST_ROWS} onClick={() => {
              onChange((before) => ({ ...before, rows: [...before.rows, Array.from({ length: before.columns.length + 1 }, () => '')] }));
              requestAnimationFrame(() => {
                virtual.scrollToIndex(grid.rows.length);
                requestAnimationFrame(() => focusCell(grid.rows.length, 0));
              });
            }}>
              <Plus aria-hidden className="size-3.5" />
              {t('addRow')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
