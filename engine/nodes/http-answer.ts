import { isRecord, parseJson, type Json } from '../flow/json.ts';
import { parsePath, setPath } from '../flow/path.ts';
import type { HttpRequestConfig } from './http-request-config.ts';
import type { CallResult, DataRecord, FailureClass, RecordFailure } from './step.ts';

type Answered = Extract<CallResult, { ok: true }>;
type Fault = Pick<RecordFailure, 'code' | 'message'> & { class: FailureClass };
type AnswerResult = { ok: true; data: Json } | { ok: false; fault: Fault };

/** What the record becomes after the call. A write held back by a test run has no answer; `{}` stands for it. */
export function readAnswer(config: HttpRequestConfig['answer'], record: DataRecord, result: Answered): AnswerResult {
  if (config.mode === 'keep') return { ok: true, data: record.data };
  const answer = result.held === true ? { ok: true as const, data: {} } : parseAnswer(result);
  if (!answer.ok || config.mode === 'replace') return answer;
  const path = parsePath(config.field?.trim() || 'answer');
  if (path === null || !isRecord(record.data)) {
    return failed({ class: 'data', code: 'answer_not_addable', message: 'the record is no object' });
  }
  return { ok: true, data: setPath(record.data, path, answer.data) };
}

/** The body as data; text where it is no JSON. */
export function parseAnswer({ bodyText, headers }: Answered): AnswerResult {
  if (bodyText.trim() === '') return { ok: true, data: {} };
  const type = (headers['content-type'] ?? '').toLowerCase();
  const isJson = /[/+]json\b/.test(type);
  // Many systems name no type, or the wrong one; what begins like an object or a list is read as JSON.
  if (!isJson && !/^\s*[[{]/.test(bodyText)) return { ok: true, data: bodyText };
  try {
    return { ok: true, data: parseJson(bodyText) };
  } catch (error) {
    if (!isJson) return { ok: true, data: bodyText };
    const message = error instanceof Error ? error.message : 'JSON: malformed';
    return failed({ class: 'data', code: 'answer_malformed', message });
  }
}

/** A call that failed, as the failure of what asked for it. */
export function failureOfCall(result: Extract<CallResult, { ok: false }>): Omit<RecordFailure, 'record'> {
  return {
    class: result.class,
    code: result.code,
    message: result.message,
    ...(result.status !== undefined && { params: { status: result.status } }),
    ...(result.retryAfterMs !== undefined && { retryAfterMs: result.retryAfterMs }),
    ...(result.exchangeId !== undefined && { exchangeId: result.exchangeId }),
  };
}

function failed(fault: Fault): AnswerResult {
  return { ok: false, fault };
}
