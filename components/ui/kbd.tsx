import type { ReactNode } from 'react';
import { cn } from './cn.ts';

/** A key or key combination. */
export function Kbd({ children, tone = 'plain' }: { children: ReactNode; tone?: 'plain' | 'inverse' }) {
  return (
    <kbd
      className={cn(
        'inline-flex h-4 min-w-4 items-center justify-center rounded-sm border px-1 font-sans text-2xs leading-none',
        tone === 'plain' ? 'border-border bg-surface-2 text-text-muted' : 'border-current/40 text-surface',
      )}
    >
      {children}
    </kbd>
  );
}
