import ivm from 'isolated-vm';
import { bodyCheck, formulaProgramFor, formulasProgramFor, programFor, SCRIPT_NAME, type Program } from './program.ts';
import type { CheckTask, EvaluateTask, Failure } from './protocol.ts';

/** Runs pages: its last expression leaves the isolate as a string. */
type PageRunner = ivm.Reference<(own: boolean, limits: string, ...inputs: string[]) => string>;

interface Warm {
  isolate: ivm.Isolate;
  program: ivm.Script;
  /** In the context that pages share; its built-ins are frozen. */
  run: PageRunner;
  /** Once took longer than a turn on the child's main thread may: runs on a thread of its own. */
  slow: boolean;
  heapBytes: number;
  turns: number;
}

const TIMEOUT: Failure = { ok: false, kind: 'timeout', message: 'The script took longer than it may.' };

type Answer = { ok: true; pages: string } | Failure;

const PROGRAMS = { javascript: programFor, jsonata: formulaProgramFor, 'jsonata-list': formulasProgramFor } satisfies Record<CheckTask['language'], (script: string) => Program>;

const COMPILE_TIMEOUT_MS = 1000;
/** isolated-vm takes no less. */
const SMALLEST_MB = 8;
/**
 * A turn that ends within this runs on the child's main thread: a hop to the isolate's own thread and back costs 250 µs, ten
 * times the mapping of an order. Longer and the guards of the main thread (memory, a lost parent) would not see it.
 */
const QUICK_MS = 100;
/** The heap of a resting isolate is looked at this often; it costs a hop to its thread. */
const WEIGH_EVERY = 64;

/**
 * Evaluates one task at a time. Isolates stay warm, one for each script of each tenant; the least recently used go when there
 * are too many or they hold too much.
 */
export function createIsolates(onCatastrophe: () => void) {
  const warm = new Map<string, Warm>();

  function dispose(key: string): void {
    const entry = warm.get(key);
    warm.delete(key);
    if (entry && !entry.isolate.isDisposed) entry.isolate.dispose();
  }

  function trim(limits: EvaluateTask['limits']): void {
    let heap = 0;
    for (const entry of warm.values()) heap += entry.heapBytes;
    // A Map keeps insertion order, and every use puts its entry last: the first is the one unused for longest.
    for (const [key, entry] of warm) {
      if (warm.size <= limits.warmScripts && (heap <= limits.warmHeapMb * 2 ** 20 || warm.size === 1)) return;
      heap -= entry.heapBytes;
      dispose(key);
    }
  }

  /** Null: it took longer than a quick turn may, and must be begun again as a slow one. */
  async function turn(task: EvaluateTask, inputs: readonly string[], slow: boolean): Promise<Answer | null> {
    const key = JSON.stringify([task.tenant, task.language, task.memoryMb, task.script]);
    const known = warm.get(key);
    warm.delete(key);
    const entry = known ?? (await compile(task, task.memoryMb, onCatastrophe));
    if ('ok' in entry) return entry;
    entry.slow ||= slow;
    warm.set(key, entry);
    const answer = entry.slow || task.own ? await runPages(entry, task, inputs) : runQuickly(entry, task, inputs);
    // After a timeout or a full heap nothing is known about the isolate's state: the next page compiles anew.
    if (!answer?.ok) dispose(key);
    else weigh(entry);
    trim(task.limits);
    return answer;
  }

  return {
    async evaluate(task: EvaluateTask, inputs: readonly string[]): Promise<Answer> {
      return (await turn(task, inputs, false)) ?? (await turn(task, inputs, true)) ?? TIMEOUT;
    },

    async check(task: CheckTask): Promise<Failure | null> {
      const entry = await compile(task, SMALLEST_MB * 4, onCatastrophe);
      if ('ok' in entry) return entry;
      entry.isolate.dispose();
      return null;
    },
  };
}

function weigh(entry: Warm): void {
  if (entry.turns++ % WEIGH_EVERY !== 0 || entry.isolate.isDisposed) return;
  const { used_heap_size: used, externally_allocated_size: external } = entry.isolate.getHeapStatisticsSync();
  entry.heapBytes = used + external;
}

async function compile({ language, script }: Pick<CheckTask, 'language' | 'script'>, memoryMb: number, onCatastrophe: () => void): Promise<Warm | Failure> {
  const isolate = new ivm.Isolate({ memoryLimit: Math.max(SMALLEST_MB, memoryMb), onCatastrophicError: onCatastrophe });
  try {
    const { code, lineOffset } = PROGRAMS[language](script);
    const program = await isolate.compileScript(code, { filename: SCRIPT_NAME, lineOffset });
    if (language === 'javascript') {
      const context = await isolate.createContext();
      await context.evalClosure(bodyCheck, [script], { timeout: COMPILE_TIMEOUT_MS });
      context.release();
    }
    const { run } = await open(isolate, program);
    // No page yet: freezes the built-ins.
    await run.apply(undefined, [false, '[0,0,0]'], { timeout: COMPILE_TIMEOUT_MS });
    return { isolate, program, run, slow: false, heapBytes: 0, turns: 0 };
  } catch (error) {
    const failure = failureOf(error, isolate, script);
    if (!isolate.isDisposed) isolate.dispose();
    return failure;
  }
}

async function open(isolate: ivm.Isolate, program: ivm.Script): Promise<{ context: ivm.Context; run: PageRunner }> {
  const context = await isolate.createContext();
  return { context, run: await program.run(context, { timeout: COMPILE_TIMEOUT_MS, reference: true }) };
}

function runQuickly({ isolate, run }: Warm, task: EvaluateTask, inputs: readonly string[]): Answer | null {
  try {
    return readAnswer(run.applySync(undefined, [false, limitsText(task), ...inputs], { timeout: Math.min(QUICK_MS, task.timeoutMs) }));
  } catch (error) {
    const failure = failureOf(error, isolate, task.script);
    return failure.kind === 'timeout' && task.timeoutMs > QUICK_MS ? null : salvaged(run, isolate, failure);
  }
}

function limitsText({ limits }: EvaluateTask): string {
  return JSON.stringify([limits.outputChars, limits.logLines, limits.logLineChars]);
}

function readAnswer(pages: unknown): Answer {
  return typeof pages === 'string' ? { ok: true, pages } : { ok: false, kind: 'crashed', message: 'The sandbox gave no answer.' };
}

async function runPages(entry: Warm, task: EvaluateTask, inputs: readonly string[]): Promise<Answer> {
  const { isolate, program } = entry;
  let { run } = entry;
  try {
    const own = task.own ? await open(isolate, program) : null;
    run = own?.run ?? run;
    const pages: unknown = await run.apply(undefined, [task.own, limitsText(task), ...inputs], { timeout: task.timeoutMs });
    if (!isolate.isDisposed) own?.context.release();
    return readAnswer(pages);
  } catch (error) {
    return salvaged(run, isolate, failureOf(error, isolate, task.script));
  }
}

/** A promise that a script lets fail unheard is reported in place of the answer, which was ready: nothing waits for promises here. */
function salvaged(run: PageRunner, isolate: ivm.Isolate, failure: Failure): Answer {
  if (failure.kind !== 'crashed' || isolate.isDisposed) return failure;
  try {
    const pages: unknown = run.applySync(undefined, [false, ''], { timeout: QUICK_MS });
    return pages === '' ? failure : readAnswer(pages);
  } catch {
    return failure;
  }
}

function failureOf(error: unknown, isolate: ivm.Isolate, script: string): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (isolate.isDisposed) return { ok: false, kind: 'memory', message: 'The script used more memory than it may.' };
  if (message.includes('timed out')) return TIMEOUT;
  if (message === 'Not supported') return { ok: false, kind: 'syntax', message: 'A script cannot import modules.' };
  if (!(error instanceof SyntaxError)) return { ok: false, kind: 'crashed', message };
  const inExpression = /^(.*) \[expression:(\d+)\](?: \[.*\])?$/s.exec(message);
  if (inExpression) {
    const position = Number(inExpression[2]);
    return { ok: false, kind: 'syntax', message: inExpression[1] ?? message, line: lineAt(script, position), position };
  }
  const place = /^(.*) \[script\.js:(\d+):\d+\]$/s.exec(message);
  return place ? { ok: false, kind: 'syntax', message: place[1] ?? message, line: Number(place[2]) } : { ok: false, kind: 'syntax', message };
}

/** From 1. */
function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}
