import { z } from 'zod';
import { jsonSchema, parseJson, stringifyJson, type Json } from '../flow/json.ts';
import type { DataRecord, EvaluateResult, FailureClass, RecordFailure, StepOutput, StepPorts } from './step.ts';

const MEMORY_MB = 64;
/** Extra calls spent on finding the record that made a page fail. */
const MAX_SEARCH = 24;

interface Page {
  script: string;
  timeoutMs: number;
  records: DataRecord[];
  ports: Pick<StepPorts, 'evaluate'>;
}

type FailedEvaluation = Extract<EvaluateResult, { ok: false }>;

/** What a failed evaluation means for the records in it. A script that hangs hangs again, so only ours are retried. */
const FAILURES = {
  syntax: { class: 'bug', code: 'code_syntax', search: false },
  timeout: { class: 'bug', code: 'code_timeout', search: true },
  memory: { class: 'bug', code: 'code_memory', search: true },
  output_too_large: { class: 'data', code: 'code_output_too_large', search: true },
  crashed: { class: 'transient', code: 'code_crashed', search: false },
  unavailable: { class: 'transient', code: 'code_unavailable', search: false },
} satisfies Record<FailedEvaluation['kind'], { class: FailureClass; code: string; search: boolean }>;

const outputSchema = z.array(
  z.union([
    z.object({ key: z.string(), results: z.array(jsonSchema) }),
    z.object({ key: z.string(), error: z.object({ message: z.string(), line: z.number().optional() }) }),
  ]),
);

/**
 * Evaluates a page of records in one call. Where the page as a whole fails because of what is in it (time, memory, size),
 * it is halved until the guilty record stands alone, so that the others go on.
 */
export async function evaluatePage({ script, timeoutMs, records, ports }: Page): Promise<StepOutput> {
  const out: DataRecord[] = [];
  const failures: RecordFailure[] = [];
  const logs: string[] = [];
  const pending: DataRecord[][] = records.length === 0 ? [] : [records];
  let searched = 0;
  for (let page = pending.shift(); page !== undefined; page = pending.shift()) {
    const input = stringifyJson(page.map(({ key, data }) => ({ key, data })));
    const result = await ports.evaluate({ script, input, timeoutMs, memoryMb: MEMORY_MB });
    if (result.ok) {
      logs.push(...result.logs);
      collect({ page, output: result.output, out, failures });
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
}

function collect({ page, output, out, failures }: Collect): void {
  const parsed = outputSchema.safeParse(readOutput(output));
  const byKey = new Map((parsed.data ?? []).map((entry) => [entry.key, entry]));
  for (const record of page) {
    const entry = byKey.get(record.key);
    if (entry === undefined) {
      failures.push({ record, class: 'bug', code: 'code_output_invalid', message: 'no answer for this record' });
    } else if ('error' in entry) {
      const { message, line } = entry.error;
      failures.push({ record, class: 'data', code: 'code_failed', message, params: { message, line: line ?? 0 } });
    } else if (entry.results.length === 1) {
      out.push({ key: record.key, data: entry.results[0] ?? null });
    } else {
      entry.results.forEach((data, index) => out.push({ key: `${record.key}.${index}`, data }));
    }
  }
}

function readOutput(output: string): Json {
  try {
    return parseJson(output, { keys: Number.POSITIVE_INFINITY });
  } catch {
    return null;
  }
}

function failureOf(record: DataRecord, result: FailedEvaluation): RecordFailure {
  const { class: failureClass, code } = FAILURES[result.kind];
  const params = { message: result.message, line: result.line ?? 0 };
  return { record, class: failureClass, code, message: result.message, params };
}
