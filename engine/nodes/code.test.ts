import { describe, expect, test } from 'vitest';
import { isRecord, parseJson, stringifyJson, type Json } from '../flow/json.ts';
import { code } from './code.ts';
import type { EvaluateRequest, EvaluateResult } from './step.ts';
import { runNode } from './testing/run-node.ts';

/** Stands for the sandbox: records named `hang` take too long, the rest are doubled, dropped or refused. */
function sandbox(requests: EvaluateRequest[]): (request: EvaluateRequest) => EvaluateResult {
  return (request) => {
    requests.push(request);
    const input = parseJson(request.input);
    const entries = Array.isArray(input) ? input.filter(isRecord) : [];
    if (entries.some(({ data }) => data === 'hang')) return { ok: false, kind: 'timeout', message: 'took too long' };
    const output = entries.map(({ key = '', data = null }) => answer(key, data));
    return { ok: true, output: stringifyJson(output), logs: [`${entries.length} records`] };
  };
}

function answer(key: Json, data: Json): Json {
  if (data === 'bad') return { key, error: { message: 'x is not defined', line: 3 } };
  return { key, results: data === 'drop' ? [] : data === 'two' ? ['a', 'b'] : [data] };
}

async function run(data: Json[]) {
  const requests: EvaluateRequest[] = [];
  const output = await runNode(code, data, { config: { script: 'return record', timeoutMs: 500 }, evaluate: sandbox(requests) });
  return { ...output, requests };
}

describe('code', () => {
  test('evaluates a page in one call: one record, several, none, or a failure each', async () => {
    const { outputs, failures, logs, requests } = await run([820982911946154508n, 'two', 'drop', 'bad']);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ script: 'return record', timeoutMs: 500 });
    expect(requests[0]?.input).toContain('"data":820982911946154508');
    expect(outputs['out']).toEqual([
      { key: '0', data: 820982911946154508n },
      { key: '1.0', data: 'a' },
      { key: '1.1', data: 'b' },
    ]);
    expect(failures).toMatchObject([
      { record: { key: '3' }, class: 'data', code: 'code_failed', params: { message: 'x is not defined', line: 3 } },
    ]);
    expect(logs).toEqual(['4 records']);
  });

  test('a record that hangs is found, the others go on in order', async () => {
    const { outputs, failures } = await run([1, 2, 'hang', 4, 5, 6, 7]);
    expect(outputs['out']?.map(({ data }) => data)).toEqual([1, 2, 4, 5, 6, 7]);
    expect(failures).toMatchObject([{ record: { key: '2' }, class: 'bug', code: 'code_timeout' }]);
  });

  test('the search has an end when all of them hang', async () => {
    const { failures, requests } = await run(Array.from({ length: 100 }, () => 'hang'));
    expect(failures).toHaveLength(100);
    expect(requests.length).toBeLessThan(30);
  });

  test('data that is not taken fails its own record, the others go on', async () => {
    const deep = `${'['.repeat(120)}${']'.repeat(120)}`;
    const output = `[{"key":"0","results":[{"id":820982911946154508}]},\n{"key":"1","results":[{"a":{"__proto__":1}}]},\n{"key":"2","results":[${deep}]},\n{"key":"3","error":{"message":"no"}}]`;
    const { outputs, failures } = await runNode(code, [0, 1, 2, 3], { evaluate: () => ({ ok: true, output, logs: [] }) });
    expect(outputs.out).toEqual([{ key: '0', data: { id: 820982911946154508n } }]);
    expect(failures.map(({ record, class: kind, code: what, message }) => [record.key, kind, what, message])).toEqual([
      ['1', 'data', 'code_output_invalid', 'The data returned cannot be taken: forbidden_key.'],
      ['2', 'data', 'code_output_invalid', 'The data returned cannot be taken: too_deep.'],
      ['3', 'data', 'code_failed', 'no'],
    ]);
  });

  test('no records, no call', async () => {
    expect((await run([])).requests).toHaveLength(0);
  });

  test.each<[EvaluateResult, string, string]>([
    [{ ok: false, kind: 'syntax', message: 'Unexpected token', line: 2 }, 'bug', 'code_syntax'],
    [{ ok: false, kind: 'unavailable', message: 'busy' }, 'transient', 'code_unavailable'],
    [{ ok: false, kind: 'crashed', message: 'gone' }, 'bug', 'code_crashed'],
    [{ ok: true, output: 'not json', logs: [] }, 'bug', 'code_output_invalid'],
    [{ ok: true, output: '[]', logs: [] }, 'bug', 'code_output_invalid'],
  ])('%o', async (result, failureClass, failureCode) => {
    const { failures } = await runNode(code, [1, 2], { evaluate: () => result });
    expect(failures.map((failure) => [failure.class, failure.code])).toEqual([
      [failureClass, failureCode],
      [failureClass, failureCode],
    ]);
  });
});
