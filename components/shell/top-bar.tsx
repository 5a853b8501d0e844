'use client';

import Link from 'next/link';
import { BrandMark } from '#components/brand/brand-mark.tsx';
import type { ThemeChoice } from '#components/brand/theme.ts';
import { OpenPalette } from '#components/commands/open-palette.tsx';
import { MainNav } from './main-nav.tsx';
import { MobileNav } from './mobile-nav.tsx';
import { startPath } from './nav-items.ts';
import { RetailerSwitcher } from './retailer-switcher.tsx';
import { useCan, useSession } from './session-context.tsx';
import { UserMenu } from './user-menu.tsx';

/** Partner, navigation, the retailer in view, and the person. */
export function TopBar({ theme }: { theme: ThemeChoice }) {
  const session = useSession();
  const studio = useCan('connection:view');
  return (
    <header className="group/bar flex h-12 shrink-0 items-center gap-2 border-b border-border bg-surface px-3 sm:px-4">
      <MobileNav />
      <Link href={startPath(session.permissions)} className="mr-2 flex min-w-0 rounded-sm">
        {/* Beside the retailer there is no room for both names on a phone; the mark stays. */}
        <BrandMark brand={session.brand} className="max-w-56 max-sm:group-has-data-switcher/bar:[&>:last-child]:sr-only" />
      </Link>
      <MainNav className="hidden md:flex" />
      <div className="flex flex-1 items-center justify-end gap-2">
        <OpenPalette />
        {studio && <RetailerSwitcher />}
        <UserMenu theme={theme} />
      </div>
    </header>
  );
}
