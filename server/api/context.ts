import type { Actor } from '../auth/actor.ts';
import type { Runtime } from '../runtime.ts';
import type { Locale } from '../views/session.ts';

/** What every request brings along. `actor` is looked up at most once per request, and only when asked for. */
export interface Context {
  runtime: Runtime;
  actor(): Promise<Actor | null>;
  locale: Locale;
  /** Headers of the answer; only `session.setLocale` writes one. */
  responseHeaders: Headers;
  logError(path: string, error: Error): void;
}
