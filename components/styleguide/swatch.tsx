'use client';

import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { cn } from '#components/ui/cn.ts';
import { useContrast } from './use-contrast.ts';

/** A ground with the text that stands on it, and how well it reads. `look` is the classes of both. */
export function Swatch({ name, look }: { name: string; look: string }) {
  const t = useTranslations('styleguide.tokens');
  const box = useRef<HTMLDivElement>(null);
  const ratio = useContrast(box);
  return (
    <div ref={box} className={cn('flex min-h-16 flex-col justify-between gap-2 rounded-md border border-border px-3 py-2', look)}>
      <span className="font-mono text-xs break-words">{name}</span>
      <span className="text-xs tabular-nums">{ratio === null ? '' : t('contrast', { ratio })}</span>
    </div>
  );
}
