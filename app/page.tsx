import { redirect } from 'next/navigation';
import { startPath } from '#components/shell/nav-items.ts';
import { pageSession } from '#app/_page/page-session.ts';

/** There is no start page: everybody begins where their work is. */
export default async function StartPage() {
  const page = await pageSession();
  redirect(page.kind === 'signed_in' ? startPath(page.session.permissions) : '/sign-in');
}
