import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

/** A dense table; scrolls sideways inside itself rather than widening the page. */
export function Table({ className, ...rest }: ComponentProps<'table'>) {
  return (
    <div className="w-full overflow-x-auto">
      <table className={cn('w-full border-collapse text-left text-sm', className)} {...rest} />
    </div>
  );
}

export function TableHead({ className, ...rest }: ComponentProps<'thead'>) {
  return <thead className={cn('border-b border-border text-xs text-text-muted', className)} {...rest} />;
}

export function TableBody({ className, ...rest }: ComponentProps<'tbody'>) {
  return <tbody className={cn('divide-y divide-border', className)} {...rest} />;
}

export function TableRow({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr className={cn('group/row', className)} {...rest} />;
}

interface CellProps {
  /** Right-aligned figures. */
  numeric?: boolean;
}

export function TableHeader({ numeric = false, className, ...rest }: ComponentProps<'th'> & CellProps) {
  return <th scope="col" className={cn('h-8 px-3 font-medium whitespace-nowrap first:pl-4 last:pr-4', numeric && 'text-right', className)} {...rest} />;
}

export function TableCell({ numeric = false, className, ...rest }: ComponentProps<'td'> & CellProps) {
  return <td className={cn('h-10 px-3 py-1.5 first:pl-4 last:pr-4', numeric && 'text-right whitespace-nowrap', className)} {...rest} />;
}
