import type { RateLimit } from '#engine/flow/rate-limit.ts';

export const authKinds = ['none', 'basic', 'bearer', 'header'] as const;
export type AuthKind = (typeof authKinds)[number];

/** The open half of a connection's sign-in. Secrets are write-only and never in here. */
export interface AuthConfig {
  username?: string;
  /** Name of the header that carries the secret, for `header`. */
  header?: string;
}

/** A connection as a list to choose from names it. */
export interface FoundConnection {
  id: string;
  name: string;
  retailerId: string;
  retailerName: string;
}

export interface ConnectionView {
  id: string;
  retailerId: string;
  name: string;
  connector: string;
  environment: string;
  baseUrl: string;
  authKind: AuthKind;
  authConfig: AuthConfig;
  hasSecret: boolean;
  hasWebhookSecret: boolean;
  updatedAt: string;
  /** Calls at the same time, over all flows; null: no limit of ours. */
  concurrency: number | null;
  /** What the account allows; null: only what the vendor's answers say. */
  rateLimit: RateLimit | null;
  /** Calls a second after an outage or a pause until the backlog is gone; null: the engine's own pace. */
  drainPerSecond: number | null;
  health: ConnectionHealthView;
}

/** ok: calls go · open: it failed again and again, one call at a time tries whether it is back · paused: nothing goes until a person resumes. */
export type HealthState = 'ok' | 'open' | 'paused';

export interface ConnectionHealthView {
  state: HealthState;
  /** The failure's code that opened or paused it, or `manual`. */
  reasonCode: string | null;
  /** Why a person paused it. */
  note: string;
  failures: number;
  openedAt: string | null;
  /** The next call that tries whether it is back. */
  probeAt: string | null;
  /** Since then what had waited is worked off. */
  drainingSince: string | null;
  changedByName: string | null;
  changedAt: string | null;
  /** Runs that wait for it, up to a thousand. */
  waiting: number;
}

/** `code` is a failure code of the engine (messages `errors.<code>` where one exists). */
export interface ConnectionTestView {
  ok: boolean;
  status?: number;
  code?: string;
  message?: string;
  durationMs: number;
}
