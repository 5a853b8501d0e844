import type { ReactNode } from 'react';
import { cn } from './cn.ts';

interface ListGridProps {
  label: string;
  /** Column headings in order; the first is the thing itself. A hidden one is only read aloud. */
  columns: readonly { key: string; label: string; numeric?: boolean; hidden?: boolean }[];
  /** Tailwind classes of the grid from the `md` width on, shared by heading and rows: `md:grid-cols-[…]`. */
  grid: string;
  children: ReactNode;
}

/** A list that reads as a table on wide screens and as cards on a phone, from one set of elements. */
export function ListGrid({ label, columns, grid, children }: ListGridProps) {
  return (
    <div role="table" aria-label={label} className="text-sm">
      <div role="rowgroup" className="max-md:sr-only md:sticky md:top-0 md:z-10">
        <div role="row" className={cn('grid h-8 items-center gap-x-4 border-y border-border bg-surface-2 px-6 text-xs font-medium text-text-muted', grid)}>
          {columns.map((column) => (
            <div key={column.key} role="columnheader" className={cn('truncate', column.numeric === true && 'text-right')}>
              {column.hidden === true ? <span className="sr-only">{column.label}</span> : column.label}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="divide-y divide-border border-b border-border max-md:border-t">
        {children}
      </div>
    </div>
  );
}

/** One entry. A link inside its first cell may cover it with `after:absolute after:inset-0`. */
export function ListRow({ grid, className, children }: { grid: string; className?: string; children: ReactNode }) {
  return (
    <div role="row" className={cn('relative grid grid-cols-2 items-center gap-x-4 gap-y-2 px-4 py-3 hover:bg-surface-2 md:min-h-11 md:px-6 md:py-1.5', grid, className)}>
      {children}
    </div>
  );
}

interface ListCellProps {
  /** Shown before the value on a phone, where there is no heading. */
  label?: string;
  numeric?: boolean;
  /** Takes the whole width of a card. */
  wide?: boolean;
  className?: string;
  children: ReactNode;
}

export function ListCell({ label, numeric = false, wide = false, className, children }: ListCellProps) {
  return (
    <div role="cell" className={cn('min-w-0', wide && 'max-md:col-span-2', numeric && 'tabular-nums md:text-right', className)}>
      {label !== undefined && (
        <span aria-hidden className="mr-1.5 text-xs text-text-muted md:hidden">
          {label}
        </span>
      )}
      {children}
    </div>
  );
}
