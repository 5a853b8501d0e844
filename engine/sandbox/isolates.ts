import ivm from 'isolated-vm';
import type { EvaluateRequest, EvaluateResult } from '#engine/nodes/step.ts';
import { bodyCheck, programFor, SCRIPT_NAME } from './program.ts';
import type { CheckResult, SandboxLimits } from './protocol.ts';

type Failure = Extract<EvaluateResult, { ok: false }>;

interface Warm {
  isolate: ivm.Isolate;
  script: ivm.Script;
}

const COMPILE_TIMEOUT_MS = 1000;
/** isolated-vm takes no less. */
const SMALLEST_MB = 8;

/** Evaluates scripts of one tenant at a time, keeping their compiled isolates warm. Every page of records gets a fresh context. */
export function createIsolates(onCatastrophe: () => void) {
  const warm = new Map<string, Warm>();
  let tenant: string | null = null;

  function dispose(key: string): void {
    const entry = warm.get(key);
    warm.delete(key);
    if (entry && !entry.isolate.isDisposed) entry.isolate.dispose();
  }

  function disposeAll(): void {
    for (const key of warm.keys()) dispose(key);
  }

  async function warmFor(request: EvaluateRequest, limits: SandboxLimits): Promise<{ key: string; entry: Warm } | Failure> {
    const key = `${request.memoryMb} ${request.script}`;
    const known = warm.get(key);
    warm.delete(key);
    const entry = known ?? (await compile(request.script, request.memoryMb, onCatastrophe));
    if ('ok' in entry) return entry;
    warm.set(key, entry);
    // A Map keeps insertion order, and every use puts its entry last: the first is the one unused for longest.
    for (const oldest of warm.keys()) if (warm.size > limits.warmScripts) dispose(oldest);
    return { key, entry };
  }

  return {
    async evaluate(forTenant: string, request: EvaluateRequest, limits: SandboxLimits): Promise<EvaluateResult> {
      if (tenant !== forTenant) disposeAll();
      tenant = forTenant;
      const found = await warmFor(request, limits);
      if ('ok' in found) return found;
      const result = await runPage(found.entry, request, limits);
      // After a timeout or a full heap nothing is known about the isolate's state: the next page compiles anew.
      if (!result.ok) dispose(found.key);
      return result;
    },

    async check(script: string): Promise<CheckResult> {
      const entry = await compile(script, SMALLEST_MB * 2, onCatastrophe);
      if ('ok' in entry) return entry;
      entry.isolate.dispose();
      return { ok: true };
    },

    disposeAll,
  };
}

async function compile(script: string, memoryMb: number, onCatastrophe: () => void): Promise<Warm | Failure> {
  const isolate = new ivm.Isolate({ memoryLimit: Math.max(SMALLEST_MB, memoryMb), onCatastrophicError: onCatastrophe });
  try {
    const program = programFor(script);
    const compiled = await isolate.compileScript(program.code, { filename: SCRIPT_NAME, lineOffset: program.lineOffset });
    const context = await isolate.createContext();
    await context.evalClosure(bodyCheck, [script], { timeout: COMPILE_TIMEOUT_MS });
    context.release();
    return { isolate, script: compiled };
  } catch (error) {
    const failure = failureOf(error, isolate);
    if (!isolate.isDisposed) isolate.dispose();
    return failure;
  }
}

async function runPage(entry: Warm, request: EvaluateRequest, limits: SandboxLimits): Promise<EvaluateResult> {
  try {
    const context = await entry.isolate.createContext();
    try {
      const { global } = context;
      await Promise.all([
        global.set('input', request.input),
        global.set('outputChars', limits.outputChars),
        global.set('logLines', limits.logLines),
        global.set('logLineChars', limits.logLineChars),
      ]);
      const answer: unknown = await entry.script.run(context, { timeout: request.timeoutMs, copy: true });
      return readAnswer(answer, limits);
    } finally {
      if (!entry.isolate.isDisposed) context.release();
    }
  } catch (error) {
    return failureOf(error, entry.isolate);
  }
}

function readAnswer(answer: unknown, limits: SandboxLimits): EvaluateResult {
  const [output, logText]: unknown[] = Array.isArray(answer) ? answer : [];
  if (typeof output !== 'string' || typeof logText !== 'string') return { ok: false, kind: 'crashed', message: 'The sandbox gave no answer.' };
  if (output === '' || output.length > limits.outputChars + 2) {
    return { ok: false, kind: 'output_too_large', message: `The script returned more than ${limits.outputChars} characters.` };
  }
  const logs: unknown = JSON.parse(logText);
  return { ok: true, output, logs: Array.isArray(logs) ? logs.map(String) : [] };
}

function failureOf(error: unknown, isolate: ivm.Isolate): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (isolate.isDisposed) return { ok: false, kind: 'memory', message: 'The script used more memory than it may.' };
  if (message.includes('timed out')) return { ok: false, kind: 'timeout', message: 'The script took longer than it may.' };
  if (message === 'Not supported') return { ok: false, kind: 'syntax', message: 'A script cannot import modules.' };
  if (!(error instanceof SyntaxError)) return { ok: false, kind: 'crashed', message };
  const place = /^(.*) \[script\.js:(\d+):\d+\]$/s.exec(message);
  return place ? { ok: false, kind: 'syntax', message: place[1] ?? message, line: Number(place[2]) } : { ok: false, kind: 'syntax', message };
}
