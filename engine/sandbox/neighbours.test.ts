import { afterEach, describe, expect, test, vi } from 'vitest';
import { Conduct } from './conduct.ts';
import { PageQueue, type Page } from './page-queue.ts';
import { createSandbox, type Sandbox } from './pool.ts';

vi.setConfig({ testTimeout: 60_000 });

let sandbox: Sandbox;
afterEach(() => sandbox?.close());

function evaluate(tenant: string, script: string, { data = '{}', timeoutMs = 2_000 } = {}) {
  return sandbox.evaluate({ tenant, script, input: `[{"key":"0","data":${data}}]`, timeoutMs, memoryMb: 24 });
}

describe('pages that travel together', () => {
  test('many pages of one script take few turns, each with its own answer and log', async () => {
    sandbox = createSandbox();
    const pages = Array.from({ length: 200 }, (_, n) => evaluate('a', 'console.log("n", record.n); return { n: record.n };', { data: `{"n":${n}}` }));
    const answers = await Promise.all(pages);
    expect(answers).toEqual(answers.map((_, n) => ({ ok: true, output: `[{"key":"0","results":[{"n":${n}}]}]`, logs: [`n ${n}`] })));
    expect(sandbox.counts()).toMatchObject({ pages: 200, batches: 4 });
  });

  test.each([
    ['hangs', 'if (record.n === 3) for (;;); return record.n;', 'timeout'],
    ['fills the memory', 'if (record.n === 3) { const a = []; for (;;) a.push(new Array(1e4).fill(a.length)); } return record.n;', expect.stringMatching(/memory|timeout/)],
    ['returns too much', 'return record.n === 3 ? "x".repeat(3e5) : record.n;', 'output_too_large'],
  ])('when one of them %s, only that one fails', async (_what, script, kind) => {
    sandbox = createSandbox({ limits: { outputChars: 200_000 } });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => evaluate('a', script, { data: `{"n":${n}}`, timeoutMs: 1_000 })));
    answers.forEach((answer, n) => expect(answer).toMatchObject(n === 3 ? { ok: false, kind } : { ok: true, output: `[{"key":"0","results":[${n}]}]` }));
  });

  test('what changes built-ins still works, page by page in a context of its own', async () => {
    sandbox = createSandbox();
    const script = 'class Lacking extends Error { constructor(what) { super(what); this.name = "Lacking"; } } Array.prototype.last = function () { return this[this.length - 1]; }; if (record.n === 2) throw new Lacking("two"); return [1, record.n].last();';
    const answers = await Promise.all([1, 2, 3].map((n) => evaluate('a', script, { data: `{"n":${n}}` })));
    expect(answers.map((answer) => answer.ok && answer.output)).toEqual(['[{"key":"0","results":[1]}]', '[{"key":"0","error":{"message":"Lacking: two","line":1}}]', '[{"key":"0","results":[3]}]']);
  });

  test('the heap that warm scripts hold is bounded', async () => {
    sandbox = createSandbox({ limits: { warmScripts: 3 } });
    for (let n = 0; n < 12; n += 1) expect(await evaluate(`tenant ${n % 4}`, `return ${n};`)).toMatchObject({ ok: true });
    expect(sandbox.pids()).toHaveLength(1);
  });
});

describe('neighbours', () => {
  test('a flood of hanging pages costs another tenant one of them at most', async () => {
    sandbox = createSandbox({ children: 2 });
    await Promise.all([evaluate('honest', 'return record;'), evaluate('flood', 'return 1;')]);
    const floods = Array.from({ length: 30 }, (_, n) => evaluate('flood', `/* ${n % 3} */ for (;;);`, { data: `{"n":${n}}`, timeoutMs: 400 }));
    const started = performance.now();
    for (let n = 0; n < 20; n += 1) expect(await evaluate('honest', 'return record;')).toMatchObject({ ok: true });
    // The flood alone takes twelve seconds; one child is never the flood's.
    expect(performance.now() - started).toBeLessThan(4_000);
    await sandbox.close();
    await Promise.all(floods);
  });

  test('a script that offends again gets a child of its own, and keeps it from nobody', async () => {
    sandbox = createSandbox();
    const hang = () => evaluate('evil', 'for (;;);', { timeoutMs: 200 });
    expect([(await hang()).ok, (await hang()).ok]).toEqual([false, false]);
    expect(sandbox.counts().quarantined).toBe(0);
    const held = [hang(), hang(), hang()];
    const started = performance.now();
    expect(await evaluate('honest', 'return 1;')).toMatchObject({ ok: true });
    // The same tenant's other scripts are not held back either.
    expect(await evaluate('evil', 'return 2;')).toMatchObject({ ok: true });
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(sandbox.counts().quarantined).toBe(3);
    expect(sandbox.pids().length).toBeLessThanOrEqual(2);
    for (const one of await Promise.all(held)) expect(one).toMatchObject({ ok: false, kind: 'timeout' });
  });
});

describe('the queue', () => {
  const page = (tenant: string, script: string, alone = false): Page => ({
    tenant, script, alone, language: 'javascript', crashes: 0, resolve: () => undefined,
    request: { script, input: 'x'.repeat(10), timeoutMs: 1, memoryMb: 8 },
  });
  const taken = (queue: PageQueue) => {
    const batch = queue.take(() => false);
    return batch && `${batch.tenant}/${batch.pages[0]?.script}×${batch.pages.length}`;
  };

  test('tenants take turns, their scripts too, and one tenant runs no more than it may', () => {
    const queue = new PageQueue({ pages: 2, chars: 1_000, running: 2 });
    for (const [tenant, script] of [['a', '1'], ['a', '1'], ['a', '1'], ['a', '2'], ['b', '3'], ['a', '4']] as const) queue.add(page(tenant, script));
    expect([taken(queue), taken(queue), taken(queue), taken(queue)]).toEqual(['a/1×2', 'b/3×1', 'a/2×1', null]);
    queue.ended('a');
    expect(taken(queue)).toBe('a/4×1');
    queue.ended('a');
    expect(taken(queue)).toBe('a/1×1');
  });

  test('a page that is to be alone is', () => {
    const queue = new PageQueue({ pages: 10, chars: 25, running: 9 });
    for (const alone of [false, true, false, false, false]) queue.add(page('a', '1', alone));
    // The last two by their size.
    expect(Array.from({ length: 5 }, () => taken(queue))).toEqual(['a/1×1', 'a/1×1', 'a/1×2', 'a/1×1', null]);
  });
});

test('what is remembered of a script fades', () => {
  const conduct = new Conduct();
  conduct.offence('s', 0);
  expect(conduct.quarantined('s', 1)).toBe(false);
  conduct.offence('s', 1_000);
  expect([conduct.quarantined('s', 2_000), conduct.quarantined('s', 62_000)]).toEqual([true, false]);
  conduct.offence('s', 100_000);
  expect([conduct.quarantined('s', 210_000), conduct.quarantined('s', 230_000)]).toEqual([true, false]);
  conduct.offence('s', 10_000_000);
  expect(conduct.quarantined('s', 10_000_001)).toBe(false);
});
