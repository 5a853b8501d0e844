import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { ThemeChoice } from '#components/brand/theme.ts';
import { CommandRoom } from '#components/commands/command-room.tsx';
import type { SessionView } from '#server/views/session.ts';
import { SessionProvider } from './session-context.tsx';
import { TopBar } from './top-bar.tsx';

interface AppShellProps {
  session: SessionView;
  theme: ThemeChoice;
  children: ReactNode;
}

/** The frame of every signed-in page: one bar on top, the page fills the rest and scrolls within itself. */
export function AppShell({ session, theme, children }: AppShellProps) {
  const t = useTranslations('common');
  return (
    <SessionProvider session={session}>
      <CommandRoom>
      <a href="#content" className="sr-only z-70 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        {t('skipToContent')}
      </a>
      <div className="flex h-dvh flex-col">
        <TopBar theme={theme} />
        <main id="content" tabIndex={-1} className="flex min-h-0 flex-1 flex-col overflow-y-auto outline-none">
          {children}
        </main>
      </div>
      </CommandRoom>
    </SessionProvider>
  );
}
