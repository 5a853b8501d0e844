'use client';

import { Menu as MenuIcon } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { cn } from '#components/ui/cn.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import { currentNavKey, navItemsFor } from './nav-items.ts';
import { NavBadge } from './nav-badge.tsx';
import { useNavCounts } from './use-nav-counts.ts';
import { useSession } from './session-context.tsx';

/** The navigation on narrow screens, behind one button. */
export function MobileNav() {
  const t = useTranslations();
  const [open, setOpen] = useState(false);
  const session = useSession();
  const items = navItemsFor(session.permissions);
  const counts = useNavCounts();
  const current = currentNavKey(items, usePathname());
  if (items.length < 2) return null;
  return (
    <>
      <IconButton label={t('common.openMenu')} icon={<MenuIcon />} className="-ml-1 md:hidden" onClick={() => setOpen(true)} />
      <Sheet open={open} onOpenChange={setOpen} side="left" title={session.brand.name} className="max-w-72">
        <nav aria-label={t('nav.main')} className="flex flex-col p-2">
          {items.map((item) => (
            <Link
              key={item.key}
              href={item.href}
              onClick={() => setOpen(false)}
              aria-current={item.key === current ? 'page' : undefined}
              className={cn('flex h-10 items-center rounded-md px-3 text-base font-medium', item.key === current ? 'bg-accent-tint text-accent' : 'hover:bg-surface-3')}
            >
              <span className="flex-1">{t(`nav.${item.key}`)}</span>
              <NavBadge count={counts[item.key]} />
            </Link>
          ))}
        </nav>
      </Sheet>
    </>
  );
}
