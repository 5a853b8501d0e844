'use client';

import { createContext, type ReactNode, use } from 'react';
import type { Permission } from '#server/auth/permissions.ts';
import type { SessionView } from '#server/views/session.ts';

const SessionContext = createContext<SessionView | null>(null);

/** Hands the signed-in person to every client component below. */
export function SessionProvider({ session, children }: { session: SessionView; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** The signed-in person, their partner and what they may do. */
export function useSession(): SessionView {
  const session = use(SessionContext);
  if (session === null) throw new Error('useSession needs a SessionProvider above it');
  return session;
}

/** Whether to offer something at all. The server decides again on every call. */
export function useCan(permission: Permission): boolean {
  return useSession().permissions.includes(permission);
}
