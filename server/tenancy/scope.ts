import type { Actor } from '../auth/actor.ts';
import type { Tx } from '../database.ts';
import type { Runtime } from '../runtime.ts';

/**
 * What a procedure may touch: one actor inside one tenant. Services take it as their first argument.
 * Every transaction it opens carries the tenant, so that the database itself refuses the rest.
 */
export interface Scope {
  readonly actor: Actor;
  readonly runtime: Runtime;
  readonly partnerId: string;
  /** Null: all retailers of the partner. */
  readonly retailerId: string | null;
  /** A read-only transaction under the tenant's policies. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A writing transaction; the audit row of the running mutation commits with it. Refused in a query. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Adds facts to the audit row of this mutation, such as the id of what it made. Call it before the transaction ends. */
  note(detail: Record<string, unknown>): void;
}
