import type { Permission } from '#server/auth/permissions.ts';

export type NavKey = 'retailers' | 'runs' | 'exceptions' | 'approvals';

export interface NavItem {
  key: NavKey;
  href: string;
  /** Path beginnings under which the item is the present one. */
  sections: readonly string[];
  permission: Permission;
}

/** The whole navigation. A person sees the items of their permissions; the first one is where they start. */
const NAV_ITEMS: readonly NavItem[] = [
  { key: 'retailers', href: '/retailers', sections: ['/retailers', '/flows'], permission: 'connection:view' },
  { key: 'runs', href: '/runs', sections: ['/runs', '/replays'], permission: 'run:view' },
  { key: 'exceptions', href: '/exceptions', sections: ['/exceptions'], permission: 'exception:view' },
  { key: 'approvals', href: '/approvals', sections: ['/approvals'], permission: 'approval:view' },
];

export function navItemsFor(permissions: readonly Permission[]): NavItem[] {
  return NAV_ITEMS.filter((item) => permissions.includes(item.permission));
}

/** Where a person lands after sign-in. */
export function startPath(permissions: readonly Permission[]): string {
  return navItemsFor(permissions)[0]?.href ?? '/sign-in';
}

/** The item a path belongs to. */
export function currentNavKey(items: readonly NavItem[], path: string): NavKey | null {
  const within = (section: string) => path === section || path.startsWith(`${section}/`);
  return items.find((item) => item.sections.some(within))?.key ?? null;
}
