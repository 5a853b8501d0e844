'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { cn } from '#components/ui/cn.ts';
import { currentNavKey, navItemsFor } from './nav-items.ts';
import { NavBadge } from './nav-badge.tsx';
import { useNavCounts } from './use-nav-counts.ts';
import { useSession } from './session-context.tsx';

/** The sections this person may see. With only one there is nothing to choose, and nothing is shown. */
export function MainNav({ className }: { className?: string }) {
  const t = useTranslations('nav');
  const items = navItemsFor(useSession().permissions);
  const counts = useNavCounts();
  const current = currentNavKey(items, usePathname());
  if (items.length < 2) return null;
  return (
    <nav aria-label={t('main')} className={cn('h-full items-stretch gap-1', className)}>
      {items.map((item) => (
        <Link
          key={item.key}
          href={item.href}
          aria-current={item.key === current ? 'page' : undefined}
          className={cn(
            'relative flex items-center gap-1.5 px-2.5 text-sm font-medium outline-offset-[-3px]',
            item.key === current
              ? 'text-text after:absolute after:inset-x-2.5 after:bottom-0 after:h-0.5 after:bg-accent'
              : 'text-text-muted hover:text-text',
          )}
        >
          {t(item.key)}
          <NavBadge count={counts[item.key]} />
        </Link>
      ))}
    </nav>
  );
}
