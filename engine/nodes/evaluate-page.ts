import { DEFAULT_LIMITS, isRecord, JsonError, parseJson, stringifyJson, type Json } from '../flow/json.ts';
import type { DataRecord, EvaluateRequest, EvaluateResult, FailureClass, RecordFailure, StepOutput, StepPorts } from './step.ts';

const MEMORY_MB = 64;
/** Extra calls spent on finding the record that made a page fail. */
const MAX_SEARCH = 24;

interface Page {
  language?: EvaluateRequest['language'];
  script: string;
  timeoutMs: number;
  records: DataRecord[];
  ports: Pick<StepPorts, 'evaluate'>;
  /** What becomes of a record and its results; without it one result replaces the record, several become records of their own. */
  apply?: (record: DataRecord, results: Json[]) => DataRecord[];
}

type FailedEvaluation = Extract<EvaluateResult, { ok: false }>;

/**
 * What a failed evaluation means for the records in it. A script that hangs hangs again. One that ends its process was given a
 * second one before it got here, so it is held to be the script's own doing; only a sandbox that is not there is ours.
 */
const FAILURES = {
  syntax: { class: 'bug', code: 'code_syntax', search: false },
  timeout: { class: 'bug', code: 'code_timeout', search: true },
  memory: { class: 'bug', code: 'code_memory', search: true },
  output_too_large: { class: 'data', code: 'code_output_too_large', search: true },
  crashed: { class: 'bug', code: 'code_crashed', search: true },
  unavailable: { class: 'transient', code: 'code_unavailable', search: false },
} satisfies Record<FailedEvaluation['kind'], { class: FailureClass; code: string; search: boolean }>;

/**
 * Evaluates a page of records in one call. Where the page as a whole fails because of what is in it (time, memory, size),
 * it is halved until the guilty record stands alone, so that the others go on.
 */
export async function evaluatePage({ language, script, timeoutMs, records, ports, apply = replaced }: Page): Promise<StepOutput> {
  const out: DataRecord[] = [];
  const failures: RecordFailure[] = [];
  const logs: string[] = [];
  const pending: DataRecord[][] = records.length === 0 ? [] : [records];
  let searched = 0;
  for (let page = pending.shift(); page !== undefined; page = pending.shift()) {
    const input = stringifyJson(page.map(({ key, data }) => ({ key, data })));
    const result = await ports.evaluate({ ...(language !== undefined && { language }), script, input, timeoutMs, memoryMb: MEMORY_MB });
    if (result.ok) {
      logs.push(...result.logs);
      collect({ page, output: result.output, out, failures, apply });
    } else if (FAILURES[result.kind].search && page.length > 1 && searched < MAX_SEARCH) {
      searched += 2;
      const half = Math.ceil(page.length / 2);
      // In front, so that records come out in the order they went in.
      pending.unshift(page.slice(0, half), page.slice(half));
    } else {
      failures.push(...page.map((record) => failureOf(record, result)));
    }
  }
  return { outputs: { out }, failures, ...(logs.length > 0 && { logs }) };
}

interface Collect {
  page: DataRecord[];
  output: string;
  out: DataRecord[];
  failures: RecordFailure[];
  apply: (record: DataRecord, results: Json[]) => DataRecord[];
}

function collect({ page, output, out, failures, apply }: Collect): void {
  const byKey = entriesOf(output);
  for (const record of page) {
    const entry = byKey.get(record.key);
    if (entry === undefined || 'refused' in entry) {
      const message = entry?.refused ?? 'no answer for this record';
      failures.push({ record, class: entry ? 'data' : 'bug', code: 'code_output_invalid', message });
    } else if ('error' in entry) {
      const { message, line } = entry.error;
      failures.push({ record, class: 'data', code: 'code_failed', message, params: { message, line } });
    } else {
      out.push(...apply(record, entry.results));
    }
  }
}

function replaced({ key }: DataRecord, results: Json[]): DataRecord[] {
  const [only] = results;
  return results.length === 1 ? [{ key, data: only ?? null }] : results.map((data, index) => ({ key: `${key}.${index}`, data }));
}

type Entry = { results: Json[] } | { error: { message: string; line: number } } | { refused: string };

/** What the sandbox gave, by record. Data we do not take (a forbidden key, too deep) is refused for its own record only. */
function entriesOf(output: string): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const whole = read(output);
  // One entry a line, and JSON text holds no line breaks of its own.
  const each = whole === null ? output.slice(1, -1).split(',\n') : Array.isArray(whole.value) ? whole.value : [];
  for (const one of each) {
    const entry = whole === null && typeof one === 'string' ? readLine(one) : readEntry(one);
    if (entry) entries.set(entry.key, entry);
  }
  return entries;
}

function read(text: string): { value: Json } | null {
  try {
    return { value: parseJson(text, { keys: Number.POSITIVE_INFINITY, depth: DEFAULT_LIMITS.depth + ENTRY_DEPTH }) };
  } catch {
    return null;
  }
}

/** Around each record: the page's list, the record's entry, its list of results; a mapping's formulas have a list around each value. */
const ENTRY_DEPTH = 4;
const KEY = /^\{"key":("(?:[^"\\]|\\.)*")/;

function readLine(line: string): (Entry & { key: string }) | null {
  try {
    return readEntry(parseJson(line, { keys: Number.POSITIVE_INFINITY, depth: DEFAULT_LIMITS.depth + ENTRY_DEPTH }));
  } catch (error) {
    const [, key] = KEY.exec(line) ?? [];
    if (key === undefined || !(error instanceof JsonError)) return null;
    return { key: String(JSON.parse(key)), refused: `The data returned cannot be taken: ${error.code}.` };
  }
}

function readEntry(entry: Json): (Entry & { key: string }) | null {
  if (!isRecord(entry)) return null;
  const { key, results, error } = entry;
  if (typeof key !== 'string') return null;
  if (Array.isArray(results)) return { key, results };
  if (error === undefined || !isRecord(error)) return null;
  const { message, line } = error;
  return { key, error: { message: typeof message === 'string' ? message : '', line: typeof line === 'number' ? line : 0 } };
}

function failureOf(record: DataRecord, result: FailedEvaluation): RecordFailure {
  const { class: failureClass, code } = FAILURES[result.kind];
  const params = { message: result.message, line: result.line ?? 0 };
  return { record, class: failureClass, code, message: result.message, params };
}
