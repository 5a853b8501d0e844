import { useTranslations } from 'next-intl';

/** How many things of a section wait for somebody. */
export function NavBadge({ count }: { count: number | undefined }) {
  const t = useTranslations('nav');
  if (count === undefined || count === 0) return null;
  return (
    <span className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-surface-3 px-1.5 text-xs font-semibold text-text tabular-nums">
      <span aria-hidden>{count > 99 ? '99+' : count}</span>
      <span className="sr-only">{t('badge', { count })}</span>
    </span>
  );
}
