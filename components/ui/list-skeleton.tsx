import { useTranslations } from 'next-intl';
import { Skeleton } from './skeleton.tsx';

const WIDTHS = ['w-48', 'w-36', 'w-56', 'w-40', 'w-44', 'w-32'];

/** The shape of a list before its rows are there. */
export function ListSkeleton({ rows = 6 }: { rows?: number }) {
  const t = useTranslations('common');
  return (
    <div role="status" aria-label={t('loading')} className="divide-y divide-border border-y border-border">
      {Array.from({ length: rows }, (_, at) => (
        <div key={at} className="flex h-11 items-center justify-between gap-4 px-4 sm:px-6">
          <Skeleton className={WIDTHS[at % WIDTHS.length] ?? 'w-40'} />
          <Skeleton className="w-24" />
        </div>
      ))}
    </div>
  );
}
