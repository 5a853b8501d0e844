import { redirect } from 'next/navigation';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import { AppShell } from '#components/shell/app-shell.tsx';
import { pageSession, pageTheme } from '#app/_page/page-session.ts';
import { SignInAgain } from '#components/shell/sign-in-again.tsx';

/** The frame of everything behind sign-in. Consultants and retailers share it; permissions decide what it offers. */
export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const [page, theme, messages] = await Promise.all([pageSession(), pageTheme(), getMessages()]);
  if (page.kind === 'no_access') redirect('/sign-in');
  // The layout does not know its page's address; the browser does, and comes back to it after sign-in.
  if (page.kind === 'signed_out') return <SignInAgain />;
  return (
    <NextIntlClientProvider messages={messages}>
      <AppShell session={page.session} theme={theme}>
        {children}
      </AppShell>
    </NextIntlClientProvider>
  );
}
