import { createAuth } from './auth/create-auth.ts';
import type { Auth } from './auth/create-auth.ts';
import { closeDatabases, openDatabases } from './database.ts';
import type { Databases } from './database.ts';
import { readEnv } from './env.ts';
import type { Env } from './env.ts';
import { openDoorbells } from './doorbells.ts';
import type { Doorbells } from './doorbells.ts';
import { createRunSignals } from './run-signals.ts';
import type { RunSignals } from './run-signals.ts';
import { isSecureRequest } from './http/is-secure-request.ts';

/** What the web process holds open: one per process, and one per test that wants its own database. */
export interface Runtime {
  env: Env;
  databases: Databases;
  /** Cookies differ by scheme, so there is one sign-in per scheme. */
  authFor(headers: Headers): Auth;
  doorbells: Doorbells;
  signals: RunSignals;
  close(): Promise<void>;
}

/** Opens nothing by itself: every connection is made on first use. */
export function createRuntime(env: Env): Runtime {
  const databases = openDatabases(env);
  const doorbells = openDoorbells(databases.web);
  const signals = createRunSignals(databases.web.sql);
  const plain = createAuth({ db: databases.auth.db, secret: env.authSecret, secure: false });
  const secure = createAuth({ db: databases.auth.db, secret: env.authSecret, secure: true });
  return {
    env,
    databases,
    authFor: (headers) => (isSecureRequest(headers) ? secure : plain),
    doorbells,
    signals,
    async close() {
      await signals.close();
      await doorbells.close();
      await closeDatabases(databases);
    },
  };
}

declare global {
  // A global declared with `var` is the only kind that becomes a property of the global object.
  var weftRuntime: Runtime | undefined;
}

/** The runtime of this process. It hangs on the global object because Next bundles each route with its own copy of this module. */
export function runtime(): Runtime {
  return (globalThis.weftRuntime ??= createRuntime(readEnv()));
}
