import { redirect } from 'next/navigation';
import type { Permission } from '#server/auth/permissions.ts';
import type { SessionView } from '#server/views/session.ts';
import { startPath } from '#components/shell/nav-items.ts';
import { pageSession } from './page-session.ts';

/**
 * The signed-in person of a page that needs `permission`; everybody else is led to where they belong.
 * This decides what is shown. What is allowed, the API decides on each call.
 */
export async function requirePermission(permission: Permission): Promise<SessionView> {
  const page = await pageSession();
  if (page.kind !== 'signed_in') redirect('/sign-in');
  if (!page.session.permissions.includes(permission)) redirect(startPath(page.session.permissions));
  return page.session;
}
