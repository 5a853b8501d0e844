import type { EvaluateRequest, EvaluateResult } from '#engine/nodes/step.ts';
import { startChild, type ChildAnswer, type SandboxChild } from './child.ts';
import { Conduct } from './conduct.ts';
import { PageQueue, type Batch, type Page } from './page-queue.ts';
import { defaultLimits, type CheckResult, type CheckTask, type EvaluateTask, type Failure, type Language, type SandboxLimits } from './protocol.ts';
import type { PageAnswer } from './read-pages.ts';

export interface SandboxOptions {
  /** Child processes, started when first needed. One more is started while scripts are in quarantine. */
  children?: number;
  limits?: Partial<SandboxLimits>;
  /** The child's program; another one only in tests. */
  entry?: URL;
}

export interface Sandbox {
  /** Runs a script over a page of records. Never rejects; every way to fail is a result. */
  evaluate(request: EvaluateRequest & { tenant: string }): Promise<EvaluateResult>;
  /** Compiles a script without running it. */
  check(script: string, language?: Language): Promise<CheckResult>;
  /** Process ids of the living children. */
  pids(): number[];
  /** What happened since the start. */
  counts(): Readonly<SandboxCounts>;
  close(): Promise<void>;
}

export interface SandboxCounts {
  pages: number;
  batches: number;
  timeouts: number;
  memory: number;
  /** Children that ended under a page. */
  crashes: number;
  quarantined: number;
}

interface Slot {
  child: SandboxChild | null;
  busy: boolean;
  /** Whose scripts the child holds. */
  tenants: Set<string>;
  /** The offender this child is for; null on the ordinary ones. */
  offender: string | null;
}

const CHECK_TIMEOUT_MS = 5_000;
/** Longer than the longest page and its grace. */
const QUARANTINE_IDLE_MS = 60_000;
/** A page during which a child ended gets another child this often before the script is held to be the cause. */
const SECOND_CHANCES = 1;
const CLOSED: Failure = { ok: false, kind: 'unavailable', message: 'The sandbox is closed.' };

/**
 * The one door through which user text is ever run. A child runs one script of one tenant at a time; pages of that script that
 * wait travel together. What goes wrong with a batch is tried again page by page, so that only the culprit fails: one whose
 * child ends under it gets another child before it is blamed, and a script that offends again is kept in a child of its own.
 * Without isolated-vm nothing runs: every answer is `unavailable`.
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const entry = options.entry ?? new URL('./worker.ts', import.meta.url);
  const limits = { ...defaultLimits, ...options.limits };
  const newSlot = (): Slot => ({ child: null, busy: false, tenants: new Set(), offender: null });
  const slots: Slot[] = Array.from({ length: options.children ?? 1 }, newSlot);
  const quarantine = newSlot();
  // With several children one tenant leaves at least one of them to the others.
  const waiting = new PageQueue({ pages: limits.batchPages, chars: limits.batchChars, running: Math.max(1, slots.length - 1) });
  const held = new PageQueue({ pages: 1, chars: limits.batchChars, running: 1 });
  const conduct = new Conduct();
  const counts: SandboxCounts = { pages: 0, batches: 0, timeouts: 0, memory: 0, crashes: 0, quarantined: 0 };
  // Every character three bytes, and the last page may begin when the others have filled the limit.
  const maxFrameBytes = limits.outputChars * 6 + limits.batchPages * limits.logLines * limits.logLineChars * 3 + 65_536;
  const checks: { task: CheckTask; resolve(result: CheckResult): void }[] = [];
  let closed = false;
  let lastId = 0;
  let soon = false;
  let emptied: NodeJS.Timeout | undefined;

  function enqueue(page: Page): void {
    if (!conduct.quarantined(page.script, Date.now())) return waiting.add(page);
    counts.quarantined += 1;
    held.add(page);
  }

  function dispatch(): void {
    for (const slot of slots) {
      if (slot.busy) continue;
      const check = checks.shift();
      if (check) void runCheck(slot, check.task).then(check.resolve);
      else {
        const batch = waiting.take((tenant) => slot.tenants.has(tenant));
        if (batch) void runBatch(slot, batch, waiting);
      }
    }
    if (quarantine.busy) return;
    const batch = held.take(() => false);
    if (batch) void runBatch(quarantine, batch, held);
  }

  /** In the next turn of the loop, so that pages that become ready together travel together. */
  function dispatchSoon(): void {
    if (soon) return;
    soon = true;
    setImmediate(() => {
      soon = false;
      dispatch();
    });
  }

  async function runCheck(slot: Slot, task: CheckTask): Promise<CheckResult> {
    slot.busy = true;
    const answer = await childOf(slot).ask({ request: { id: ++lastId, ...task }, inputs: [], timeoutMs: CHECK_TIMEOUT_MS });
    release(slot);
    return answer.ok ? { ok: true } : answer;
  }

  async function runBatch(slot: Slot, batch: Batch, queue: PageQueue): Promise<void> {
    const [first] = batch.pages;
    if (!first) return;
    slot.busy = true;
    if (slot === quarantine) await prepareQuarantine(first.script);
    slot.tenants.add(batch.tenant);
    const inputs = batch.pages.map((page) => page.request.input);
    counts.batches += 1;
    const task = taskOf(first, batch.pages.length);
    const answer = closed ? CLOSED : await childOf(slot).ask({ request: { id: ++lastId, ...task }, inputs, timeoutMs: task.timeoutMs });
    queue.ended(batch.tenant);
    settle(batch, answer);
    release(slot);
  }

  function release(slot: Slot): void {
    if (slot.child?.gone) {
      slot.child = null;
      slot.tenants.clear();
    }
    slot.busy = false;
    dispatch();
  }

  /** A child that held one offender is not given to the next, and ends when no more of its pages come. */
  async function prepareQuarantine(offender: string): Promise<void> {
    clearTimeout(emptied);
    if (quarantine.offender !== offender) await endChild(quarantine);
    quarantine.offender = offender;
    emptied = setTimeout(() => {
      if (!quarantine.busy) void endChild(quarantine);
    }, QUARANTINE_IDLE_MS).unref();
  }

  async function endChild(slot: Slot): Promise<void> {
    const { child } = slot;
    slot.child = null;
    slot.tenants.clear();
    await child?.end();
  }

  function taskOf({ tenant, language, request, script }: Page, together: number): EvaluateTask {
    const { timeoutMs, memoryMb } = request;
    const own = together === 1 && conduct.hasOwnContext(script);
    return { task: 'evaluate', tenant, language, script: request.script, timeoutMs, memoryMb, own, limits };
  }

  function settle({ pages }: Batch, answer: ChildAnswer): void {
    const now = Date.now();
    if (answer.ok) return pages.forEach((page, at) => settlePage(page, answer.pages[at] ?? { state: 'not_begun' }));
    const [first] = pages;
    if (!first) return;
    count(answer);
    const whole = answer.kind === 'timeout' || answer.kind === 'memory' || answer.kind === 'crashed';
    if (whole && pages.length > 1) {
      conduct.keepApart(first.script, now);
      return again(pages);
    }
    if (whole) conduct.offence(first.script, now);
    if ((answer.kind === 'crashed' || answer.kind === 'unavailable') && first.crashes < SECOND_CHANCES && !closed) {
      for (const page of pages) page.crashes += 1;
      return again(pages);
    }
    for (const page of pages) page.resolve(answer);
  }

  function settlePage(page: Page, answer: PageAnswer): void {
    if (answer.state === 'done') {
      counts.pages += 1;
      page.resolve({ ok: true, output: answer.output, logs: answer.logs });
    } else if (answer.state === 'too_large') {
      page.resolve({ ok: false, kind: 'output_too_large', message: `The script returned more than ${limits.outputChars} characters.` });
    } else {
      if (answer.state === 'frozen') conduct.needsOwnContext(page.script);
      again([page]);
    }
  }

  function again(pages: readonly Page[]): void {
    for (const page of pages) page.alone = true;
    if (closed) return pages.forEach((page) => page.resolve(CLOSED));
    const [first] = pages;
    if (first && conduct.quarantined(first.script, Date.now())) pages.forEach(enqueue);
    else waiting.putBack(pages);
  }

  function count({ kind }: Failure): void {
    if (kind === 'timeout') counts.timeouts += 1;
    if (kind === 'memory') counts.memory += 1;
    if (kind === 'crashed') counts.crashes += 1;
  }

  function childOf(slot: Slot): SandboxChild {
    // It may have ended while it rested; nobody is to blame for that.
    if (slot.child?.gone) slot.tenants.clear();
    if (slot.child === null || slot.child.gone) slot.child = startChild(entry, maxFrameBytes);
    return slot.child;
  }

  return {
    evaluate({ tenant, ...request }) {
      if (closed) return Promise.resolve(CLOSED);
      return new Promise((resolve) => {
        const language = request.language ?? 'javascript';
        const script = JSON.stringify([tenant, language, request.memoryMb, request.timeoutMs, request.script]);
        const alone = conduct.apart(script, Date.now()) || conduct.hasOwnContext(script);
        enqueue({ tenant, language, request, script, alone, crashes: 0, resolve });
        dispatchSoon();
      });
    },
    async check(script, language = 'javascript') {
      if (closed) return CLOSED;
      return new Promise((resolve) => {
        checks.push({ task: { task: 'check', language, script }, resolve });
        dispatch();
      });
    },
    pids: () => [...slots, quarantine].flatMap(({ child }) => (child?.pid === undefined || child.gone ? [] : [child.pid])),
    counts: () => counts,
    async close() {
      closed = true;
      clearTimeout(emptied);
      for (const page of [...waiting.drain(), ...held.drain()]) page.resolve(CLOSED);
      for (const check of checks.splice(0)) check.resolve(CLOSED);
      await Promise.all([...slots, quarantine].map((slot) => endChild(slot)));
    },
  };
}
