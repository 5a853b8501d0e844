import { describe, expect, test } from 'vitest';
import type { Json } from '../flow/json.ts';
import { httpRequest } from './http-request.ts';
import type { CallRequest, CallResult } from './step.ts';
import { runNode } from './testing/run-node.ts';

const OK: CallResult = {
  ok: true,
  status: 201,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  bodyText: '{"id":820982911946154508}',
  exchangeId: 'x1',
};

async function run(data: Json[], config: object, result: CallResult = OK) {
  const requests: CallRequest[] = [];
  const output = await runNode(httpRequest, data, {
    config: { url: '/orders', connectionId: 'erp', ...config },
    call(request) {
      requests.push(request);
      return result;
    },
  });
  return { ...output, requests, request: requests[0] };
}

describe('what is sent', () => {
  test('the record, with its key and every digit', async () => {
    const { request } = await run([{ id: 820982911946154508n }], { businessKey: 'id' });
    expect(request).toEqual({
      recordKey: '0',
      connectionId: 'erp',
      method: 'POST',
      url: '/orders',
      query: [],
      headers: [['content-type', 'application/json']],
      body: '{"id":820982911946154508}',
      timeoutMs: 30_000,
      idempotencyHeader: 'Idempotency-Key',
      businessKeys: ['820982911946154508'],
    });
  });

  test('values in address, query and headers, each made safe for its place', async () => {
    const { request } = await run([{ id: 'A/1?', name: 'Ä b', note: 'x\r\nEvil: 1' }], {
      url: '/orders/{{id}}/lines',
      query: [{ name: 'q', value: '{{name}}' }],
      headers: [{ name: 'X-Note', value: '{{note}}' }],
    });
    expect(request?.url).toBe('/orders/A%2F1%3F/lines');
    expect(request?.query).toEqual([['q', 'Ä b']]);
    expect(request?.headers[0]).toEqual(['X-Note', 'x Evil: 1']);
  });

  test('a read carries neither body nor idempotency key', async () => {
    const { request } = await run([{ id: 1 }], { method: 'GET' });
    expect(request).toMatchObject({ body: null, idempotencyHeader: null, headers: [] });
  });

  test.each([
    ['{"name":"{{name}}","lines":{{lines}},"none":{{none}}}', [], '{"name":"A \\"B\\" <&>","lines":[1],"none":null}'],
    ['<n>{{name}}</n>', [], '<n>A &quot;B&quot; &lt;&amp;&gt;</n>'],
    ['n={{name}}', [{ name: 'Content-Type', value: 'application/x-www-form-urlencoded' }], 'n=A%20%22B%22%20%3C%26%3E'],
    ['{{name}}', [], 'A "B" <&>'],
  ])('text body %s', async (text, headers, expected) => {
    const record = { name: 'A "B" <&>', lines: [1], none: null };
    const { request } = await run([record], { body: { mode: 'text', text }, headers });
    expect(request?.body).toBe(expected);
  });

  test('a hole in the address, or a step out of it, is no call', async () => {
    const { failures, requests } = await run([{}, { id: '..' }, { id: null }], { url: '/orders/{{id}}' });
    expect(requests).toEqual([]);
    expect(failures.map(({ class: of, code }) => [of, code])).toEqual([
      ['data', 'url_value_missing'],
      ['data', 'url_value_invalid'],
      ['data', 'url_value_missing'],
    ]);
  });
});

describe('what comes back', () => {
  test.each<[object, CallResult, Json]>([
    [{ mode: 'replace' }, OK, { id: 820982911946154508n }],
    [{ mode: 'keep' }, OK, { a: 1 }],
    [{ mode: 'add', field: 'erp.answer' }, OK, { a: 1, erp: { answer: { id: 820982911946154508n } } }],
    [{ mode: 'replace' }, { ...OK, held: true, bodyText: '' }, {}],
    [{ mode: 'replace' }, { ...OK, bodyText: '' }, {}],
    [{ mode: 'replace' }, { ...OK, headers: {}, bodyText: 'plain' }, 'plain'],
    [{ mode: 'replace' }, { ...OK, headers: {}, bodyText: '[1]' }, [1]],
    [{ mode: 'replace' }, { ...OK, headers: {}, bodyText: '{no json' }, '{no json'],
  ])('%o %#', async (answer, result, expected) => {
    const { outputs } = await run([{ a: 1 }], { answer }, result);
    expect(outputs['out']).toEqual([{ key: '0', data: expected }]);
  });

  test('an answer that cannot be used fails with its exchange', async () => {
    const broken = await run([{ a: 1 }], {}, { ...OK, bodyText: '{"a":' });
    expect(broken.failures).toMatchObject([{ class: 'data', code: 'answer_malformed', exchangeId: 'x1' }]);
    const scalar = await run([5], { answer: { mode: 'add', field: 'x' } });
    expect(scalar.failures).toMatchObject([{ code: 'answer_not_addable' }]);
  });

  test('a failed call says what the port found out', async () => {
    const failed: CallResult = { ok: false, class: 'limited', code: 'http_429', message: 'slow down', status: 429, retryAfterMs: 9, exchangeId: 'x2' };
    const { failures } = await run([{ a: 1 }], {}, failed);
    expect(failures).toEqual([
      {
        record: { key: '0', data: { a: 1 } },
        class: 'limited',
        code: 'http_429',
        message: 'slow down',
        params: { status: 429 },
        retryAfterMs: 9,
        exchangeId: 'x2',
      },
    ]);
  });
});

describe('many records', () => {
  test('at most eight calls are under way, answers keep the order', async () => {
    let underWay = 0;
    let most = 0;
    const data = Array.from({ length: 30 }, (_, id) => ({ id }));
    const { outputs } = await runNode(httpRequest, data, {
      config: { url: '/x', connectionId: 'erp' },
      async call({ body }) {
        underWay += 1;
        most = Math.max(most, underWay);
        await new Promise((resolve) => setImmediate(resolve));
        underWay -= 1;
        return { ...OK, bodyText: body ?? '' };
      },
    });
    expect(most).toBe(8);
    expect(outputs['out']?.map((record) => record.data)).toEqual(data);
  });

  test('an interrupted step rejects', async () => {
    const stop = runNode(httpRequest, [1], {
      config: { url: '/x', connectionId: 'erp' },
      call: () => Promise.reject(new Error('lease lost')),
    });
    await expect(stop).rejects.toThrow('lease lost');
  });
});
