import { TRPCError } from '@trpc/server';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { AppError } from '#server/errors/app-error.ts';
import { createCaller } from '#server/api/caller.ts';
import { createContext } from '#server/http/handle-trpc.ts';
import { runtime } from '#server/runtime.ts';
import type { SessionView } from '#server/views/session.ts';
import { type ThemeChoice, readTheme, THEME_COOKIE } from '#components/brand/theme.ts';

/** Who is looking at the page. `no_access`: signed in, but not a member of this host's partner (any more). */
export type PageSession = { kind: 'signed_in'; session: SessionView } | { kind: 'signed_out' } | { kind: 'no_access' };

/** The session of the page being rendered, through the same door as the API; asked once per request. */
export const pageSession = cache(async (): Promise<PageSession> => {
  const caller = createCaller(createContext(runtime(), { requestHeaders: new Headers(await headers()), responseHeaders: new Headers() }));
  try {
    return { kind: 'signed_in', session: await caller.session.me() };
  } catch (error) {
    const cause = error instanceof TRPCError ? error.cause : error;
    const code = cause instanceof AppError ? cause.code : null;
    if (code === 'unauthenticated') return { kind: 'signed_out' };
    if (code === 'forbidden') return { kind: 'no_access' };
    throw error;
  }
});

/** The theme chosen on this device. */
export async function pageTheme(): Promise<ThemeChoice> {
  return readTheme((await cookies()).get(THEME_COOKIE)?.value);
}
