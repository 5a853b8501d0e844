import { createHash } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { account, rateLimit, session, user, verification } from '#drizzle/schema/index.ts';
import { uuidv7 } from 'uuidv7';
import type { Db } from '../database.ts';
import { log } from '../log.ts';
import { membershipFor } from './membership.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { consume, forgive } from './rate-limit.ts';

export type Auth = ReturnType<typeof createAuth>;

/** Attempts from one address, and failed attempts on one e-mail address (an attacker may have many addresses). */
const perAddress = { window: 60, max: 60 };
const perEmail = { window: 900, max: 10 };

/** Sessions end after a week, whatever happens in between. */
const sessionSeconds = 7 * 24 * 3600;

/**
 * Sign-in by e-mail and password on the auth role; sessions and attempt counters live in the database.
 * `secure` says whether the request came by https: then cookies get `Secure` and the `__Secure-` prefix.
 */
export function createAuth(options: { db: Db; secret: string; secure: boolean }) {
  const { db } = options;
  return betterAuth({
    basePath: '/api/auth',
    secret: options.secret,
    database: drizzleAdapter(db, { provider: 'pg', schema: { user, session, account, verification, rateLimit } }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      maxPasswordLength: 200,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    session: { expiresIn: sessionSeconds, disableSessionRefresh: true, cookieCache: { enabled: false } },
    rateLimit: {
      enabled: true,
      ...perAddress,
      customStorage: { consume: (key, rule) => consume(db, key, rule) },
      customRules: { '/sign-in/email': perAddress, '/get-session': false, '/sign-out': false },
    },
    advanced: {
      cookiePrefix: 'weft',
      useSecureCookies: options.secure,
      // Said aloud: the library would switch both off by itself under NODE_ENV=test.
      disableCSRFCheck: false,
      disableOriginCheck: false,
      database: { generateId: () => uuidv7() },
    },
    databaseHooks: {
      session: {
        create: {
          /** Nobody gets a session who may go nowhere here. */
          before: async (created, ctx) => {
            const host = ctx?.headers?.get('host') ?? null;
            if ((await membershipFor(db, { userId: created.userId, host })) === null) {
              throw new APIError('FORBIDDEN', { code: 'NO_MEMBERSHIP', message: 'This account has no access here.' });
            }
          },
        },
      },
    },
    hooks: {
      before: createAuthMiddleware(async (ctx) => {
        if (ctx.path !== '/sign-in/email') return;
        const verdict = await consume(db, emailKey(ctx.body), perEmail);
        if (!verdict.allowed) {
          throw new APIError('TOO_MANY_REQUESTS', { code: 'TOO_MANY_ATTEMPTS', message: 'Too many attempts.' }, { 'X-Retry-After': String(verdict.retryAfter) });
        }
      }),
      after: createAuthMiddleware(async (ctx) => {
        if (ctx.path === '/sign-in/email' && !(ctx.context.returned instanceof Error)) await forgive(db, emailKey(ctx.body));
      }),
    },
    telemetry: { enabled: false },
    // No level on purpose: with one, the library prints each refusal (too many attempts) to the console besides. Its warnings
    // are advice on settings that are meant as they are (the address comes from the request, checked before).
    logger: { log: (level, message) => (level === 'error' ? log.warn({ reason: message }, 'Sign-in refused or failed') : undefined) },
  });
}

/** The counter's name holds no e-mail address. */
function emailKey(body: unknown): string {
  const email = typeof body === 'object' && body !== null && 'email' in body && typeof body.email === 'string' ? body.email : '';
  return `sign-in:${createHash('sha256').update(email.trim().toLowerCase()).digest('hex').slice(0, 32)}`;
}
