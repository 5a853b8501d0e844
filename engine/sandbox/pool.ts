import type { EvaluateRequest, EvaluateResult } from '#engine/nodes/step.ts';
import { startChild, type SandboxChild } from './child.ts';
import { defaultLimits, type CheckResult, type ChildRequest, type SandboxLimits } from './protocol.ts';

export interface SandboxOptions {
  /** Child processes, started when first needed. */
  children?: number;
  limits?: Partial<SandboxLimits>;
  /** The child's program; another one only in tests. */
  entry?: URL;
}

export interface Sandbox {
  /** Runs a script over a page of records. Never rejects; every way to fail is a result. */
  evaluate(request: EvaluateRequest & { tenant: string }): Promise<EvaluateResult>;
  /** Compiles a script without running it. */
  check(script: string): Promise<CheckResult>;
  /** Process ids of the living children. */
  pids(): number[];
  close(): Promise<void>;
}

interface Slot {
  child: SandboxChild | null;
  busy: boolean;
  /** Whose isolates the child holds. */
  tenant: string | null;
}

interface Waiting {
  tenant: string | null;
  start(slot: Slot): void;
}

const CHECK_TIMEOUT_MS = 5_000;

/**
 * The one door through which user text is ever run. A child serves one request, so one tenant, at a time; a request goes to a
 * child that already holds its tenant's isolates when one is free. A child that died or had to be killed is replaced for the
 * next request. Without isolated-vm nothing runs: every answer is `unavailable`.
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const entry = options.entry ?? new URL('./worker.ts', import.meta.url);
  const limits = { ...defaultLimits, ...options.limits };
  const slots: Slot[] = Array.from({ length: options.children ?? 1 }, () => ({ child: null, busy: false, tenant: null }));
  const queue: Waiting[] = [];
  let closed = false;
  let lastId = 0;

  function dispatch(): void {
    for (let next = queue[0]; next !== undefined; next = queue[0]) {
      const { tenant } = next;
      const idle = slots.filter((slot) => !slot.busy);
      const slot = idle.find((one) => one.tenant === tenant) ?? idle.find((one) => one.child === null) ?? idle[0];
      if (slot === undefined) return;
      queue.shift();
      slot.busy = true;
      next.start(slot);
    }
  }

  function acquire(tenant: string | null): Promise<Slot> {
    return new Promise((resolve) => {
      queue.push({ tenant, start: resolve });
      dispatch();
    });
  }

  async function run(request: ChildRequest, timeoutMs: number): Promise<EvaluateResult | CheckResult> {
    const tenant = request.task === 'evaluate' ? request.tenant : null;
    const slot = await acquire(tenant);
    try {
      if (closed) return { ok: false, kind: 'unavailable', message: 'The sandbox is closed.' };
      if (slot.child === null || slot.child.gone) slot.child = startChild(entry);
      slot.tenant = tenant ?? slot.tenant;
      const result = await slot.child.ask(request, timeoutMs);
      if (slot.child.gone) slot.child = null;
      return result;
    } finally {
      slot.busy = false;
      dispatch();
    }
  }

  return {
    async evaluate({ tenant, ...request }) {
      const result = await run({ id: ++lastId, task: 'evaluate', tenant, request, limits }, request.timeoutMs);
      return result.ok && !('output' in result) ? { ok: false, kind: 'crashed', message: 'The sandbox gave no answer.' } : result;
    },
    async check(script) {
      const result = await run({ id: ++lastId, task: 'check', script }, CHECK_TIMEOUT_MS);
      return result.ok ? { ok: true } : result;
    },
    pids() {
      return slots.flatMap((slot) => (slot.child?.pid === undefined || slot.child.gone ? [] : [slot.child.pid]));
    },
    async close() {
      closed = true;
      await Promise.all(slots.map((slot) => slot.child?.end()));
    },
  };
}
