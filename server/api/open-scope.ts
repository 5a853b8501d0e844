import type { Actor } from '../auth/actor.ts';
import type { Tx } from '../database.ts';
import { insertAudit } from '../repositories/audit.ts';
import type { Runtime } from '../runtime.ts';
import type { Scope } from '../tenancy/scope.ts';
import { withScope } from '../tenancy/with-scope.ts';
import { auditDetail, auditSubject } from './audit-entry.ts';

export interface OpenedScope {
  scope: Scope;
  /** Call after the procedure succeeded: writes the audit row of a mutation that changed nothing in a transaction of ours. */
  finish(): Promise<void>;
}

/**
 * The scope of one call. In a mutation the first `write` also inserts the audit row, in the same transaction:
 * either both are there or neither. A query cannot write.
 */
export function openScope(call: { runtime: Runtime; actor: Actor; path: string; mutation: boolean; audited: boolean; input: unknown }): OpenedScope {
  const { runtime, actor, path } = call;
  const { db } = runtime.databases.web;
  const tenant = { partnerId: actor.partnerId, retailerId: actor.retailerId };
  const extra: Record<string, unknown> = {};
  let audited = !call.audited;

  const audit = (tx: Tx) =>
    insertAudit(tx, {
      actor: `${actor.kind === 'user' ? 'user' : 'key'}:${actor.id}`,
      action: path,
      subject: auditSubject(path, { ...extra, ...asRecord(call.input) }),
      detail: { ...auditDetail(call.input), ...extra },
    });

  const scope: Scope = {
    actor,
    runtime,
    partnerId: actor.partnerId,
    retailerId: actor.retailerId,
    read: (work) => withScope(db, { tenant, accessMode: 'read only' }, work),
    async write(work) {
      if (!call.mutation) throw new Error(`${path} is a query and may not write.`);
      return withScope(db, { tenant, accessMode: 'read write' }, async (tx) => {
        const result = await work(tx);
        // Last, so that the row of the chain's head is locked for as short as possible.
        if (!audited) await audit(tx);
        audited = true;
        return result;
      });
    },
    note(detail) {
      Object.assign(extra, detail);
    },
  };

  return {
    scope,
    async finish() {
      if (call.mutation && !audited) await withScope(db, { tenant, accessMode: 'read write' }, audit);
    },
  };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
