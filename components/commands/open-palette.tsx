'use client';

import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '#components/ui/cn.ts';
import { useCommandDesk } from './command-context.tsx';
import { KeyHint } from './key-hint.tsx';

/** The way to the palette for the mouse, and what teaches its key. */
export function OpenPalette({ className }: { className?: string }) {
  const t = useTranslations('commands');
  const desk = useCommandDesk();
  return (
    <button
      type="button"
      aria-label={t('open')}
      onClick={() => desk?.run('palette')}
      className={cn(
        'inline-flex h-7 items-center gap-2 rounded-md border border-border bg-surface-2 px-2 text-xs text-text-muted hover:bg-surface-3 hover:text-text max-lg:w-7 max-lg:justify-center max-lg:px-0 pointer-coarse:h-9 max-lg:pointer-coarse:w-9',
        className,
      )}
    >
      <Search aria-hidden className="size-3.5 shrink-0" />
      <span className="max-lg:hidden">{t('open')}</span>
      <span aria-hidden className="max-lg:hidden">
        <KeyHint keys="mod+k" />
      </span>
    </button>
  );
}
