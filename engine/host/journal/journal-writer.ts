import { setTimeout as wait } from 'node:timers/promises';
import { isAway, type AnySql, type Sql } from '../database.ts';
import { faultPoint } from '../fault-points.ts';
import type { Log } from '../log.ts';
import { joinKept } from './join-kept.ts';
import { JOURNAL_SQL, journalParameters } from './journal-statement.ts';
import type { RunWrite } from './run-write.ts';
import { STATE_SQL, stateParameters } from './state-statement.ts';
import { joinSteps } from './tell-step.ts';
import { transaction } from '../transaction.ts';

export interface JournalWriter {
  /** Resolves once the write is durable, or once it was dropped because its lane was taken over (`lease.lost` then). */
  add(write: RunWrite, urgent?: boolean): Promise<void>;
  /** Writes what is gathered so far, now. */
  flush(): Promise<void>;
  /** Writes what is left. */
  close(): Promise<void>;
}

/**
 * How long a write may wait for company. Each statement costs about half a millisecond of Postgres before its first row, so at
 * 1,500 runs/s writing every 20 ms (30 runs) instead of at once (5 runs) saves a third of Postgres' time. Nobody waits for it
 * except steps that depend on a call and events of the same ordering key: those are urgent.
 */
const GATHER_MS = 20;
const MOST_RUNS = 100;
const AWAY_RETRY_MS = 250;

interface Batch {
  /** By run: a run may write twice before the batch goes, and one statement can touch a row once only. */
  byRun: Map<string, RunWrite>;
  settled: Promise<void>;
  settle(): void;
}

/** Groups the journal writes of all runs under way; one statement in flight at a time. */
export function createJournalWriter(sql: Sql, options: { log: Log; written(writes: readonly RunWrite[], ms: number): void }): JournalWriter {
  const { log } = options;
  let gathering = emptyBatch();
  let flushing: Promise<void> | null = null;
  let urgentWaiting = false;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  function start(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    if (flushing || gathering.byRun.size === 0) return;
    flushing = flush(take()).finally(() => {
      flushing = null;
      if (gathering.byRun.size === 0) return;
      if (urgentWaiting || closed || gathering.byRun.size >= MOST_RUNS) start();
      else timer ??= setTimeout(start, GATHER_MS);
    });
  }

  function take(): Batch {
    const batch = gathering;
    gathering = emptyBatch();
    urgentWaiting = false;
    return batch;
  }

  async function flush(batch: Batch): Promise<void> {
    try {
      await store([...batch.byRun.values()]);
    } finally {
      batch.settle();
    }
  }

  async function store(writes: readonly RunWrite[]): Promise<void> {
    for (;;) {
      try {
        return await write(writes);
      } catch (error) {
        if (isAway(error)) {
          // The rows stay in memory; the fence decides on return whether they are still ours to write.
          log.warn({ err: error, runs: writes.length }, 'journal waits for the database');
          await wait(AWAY_RETRY_MS);
        } else return await isolate(writes, error);
      }
    }
  }

  async function write(writes: readonly RunWrite[]): Promise<void> {
    const started = performance.now();
    const { parameters, leases } = journalParameters(writes);
    faultPoint('before_journal_write');
    const keeping = writes.filter((one) => one.kept !== null);
    const rows = keeping.length === 0 ? await journal(sql, parameters) : await journalAndState(parameters, keeping);
    faultPoint('after_journal_write');
    if (keeping.some((one) => one.kept?.page)) faultPoint('page_turned');
    if (rows.length < leases.length) {
      const held = new Set(rows.map((row) => row.ref));
      leases.forEach((lease, ref) => {
        if (!held.has(ref)) lease.lost = true;
      });
    }
    options.written(writes, performance.now() - started);
  }

  /** Both or neither: a checkpoint that moved without its run, or the other way round, would lose or repeat records. */
  function journalAndState(parameters: string[], keeping: readonly RunWrite[]): Promise<{ ref: number }[]> {
    return transaction(sql, async (tx) => {
      const rows = await journal(tx, parameters);
      // The fence's locks hold until the commit; the second statement asks for the same ones.
      faultPoint('before_checkpoint_write');
      await tx.unsafe(STATE_SQL, stateParameters(keeping), { prepare: true });
      return rows;
    });
  }

  /** One run's row that Postgres refuses must not hold up the others: halve until it stands alone. */
  async function isolate(writes: readonly RunWrite[], error: unknown): Promise<void> {
    const [only] = writes;
    if (writes.length > 1) {
      const half = Math.ceil(writes.length / 2);
      await store(writes.slice(0, half));
      return store(writes.slice(half));
    }
    if (!only) return;
    if (only.failure?.code === 'journal_refused') return void log.error({ err: error, runId: only.head.runId }, 'the journal of a run was refused again');
    log.error({ err: error, runId: only.head.runId }, 'the journal of a run was refused; the run fails');
    const message = error instanceof Error ? error.message : String(error);
    await store([
      {
        ...only, state: 'failed', finishedAt: Date.now(), nextAttemptAt: null, steps: [], exchanges: [], exceptions: [], resolved: [], entry: { type: 'done' }, waitingCode: null,
        kept: only.kept && { ...only.kept, page: null, memos: [], checkpoints: [], ended: true },
        failure: { class: 'bug', code: 'journal_refused', message },
      },
    ]);
  }

  async function drain(): Promise<void> {
    while (flushing || gathering.byRun.size > 0) {
      start();
      await flushing;
    }
  }

  return {
    add(write, urgent = false) {
      const earlier = gathering.byRun.get(write.head.runId);
      gathering.byRun.set(write.head.runId, earlier ? join(earlier, write) : write);
      const { settled } = gathering;
      if (urgent) urgentWaiting = true;
      if (!flushing) {
        if (urgent || gathering.byRun.size >= MOST_RUNS) start();
        else timer ??= setTimeout(start, GATHER_MS);
      }
      return settled;
    },
    flush: drain,
    async close() {
      closed = true;
      await drain();
    },
  };
}

function emptyBatch(): Batch {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { byRun: new Map(), settled: promise, settle: resolve };
}

function join(earlier: RunWrite, later: RunWrite): RunWrite {
  return {
    ...later,
    steps: joinSteps(earlier.steps, later.steps),
    exchanges: [...earlier.exchanges, ...later.exchanges],
    effects: [...earlier.effects, ...later.effects],
    exceptions: [...earlier.exceptions, ...later.exceptions],
    resolved: [...earlier.resolved, ...later.resolved],
    kept: joinKept(earlier.kept, later.kept),
  };
}

async function journal(sql: AnySql, parameters: string[]): Promise<{ ref: number }[]> {
  return await sql.unsafe<{ ref: number }[]>(JOURNAL_SQL, parameters, { prepare: true });
}
