import { afterAll, describe, expect, test, vi } from 'vitest';
import { builtIns } from './hostile/built-ins.ts';
import { escapes } from './hostile/escapes.ts';
import { formulas } from './hostile/formulas.ts';
import type { HostileScript } from './hostile/hostile-script.ts';
import { leftovers } from './hostile/leftovers.ts';
import { loops } from './hostile/loops.ts';
import { memory } from './hostile/memory.ts';
import { outputs } from './hostile/outputs.ts';
import { createSandbox } from './pool.ts';

vi.setConfig({ testTimeout: 60_000 });

const sandbox = createSandbox({ limits: { outputChars: 200_000, logLines: 20, logLineChars: 200 } });
afterAll(() => sandbox.close());

function evaluate(tenant: string, { script, records = ['{}'], language, timeoutMs = 150 }: Omit<HostileScript, 'name' | 'says'>) {
  const input = `[${records.map((text, at) => `{"key":"${at}","data":${text}}`).join(',')}]`;
  return sandbox.evaluate({ tenant, ...(language && { language }), script, input, timeoutMs, memoryMb: 24 });
}

/** What another tenant's step gives at the same time: it uses what the vandals break. */
const HONEST = 'const { id, lines } = record; return { id, total: lines.map((l) => l.n * 2).reduce((a, b) => a + b, 0), text: JSON.stringify({ a: [..."xy"] }), polluted: ({}).polluted ?? [].polluted };';
const HONEST_ANSWER = '[{"key":"0","results":[{"id":7,"total":6,"text":"{\\"a\\":[\\"x\\",\\"y\\"]}"}]}]';
const honest = () => evaluate('honest', { script: HONEST, records: ['{"id":7,"lines":[{"n":1},{"n":2}]}'], timeoutMs: 20_000 });

/** Nothing of the process around, whatever the script tried. */
const HOST = new RegExp([process.cwd(), process.execPath, 'node_modules', 'isolated-vm', 'worker\\.ts'].map((text) => text.replaceAll('/', '\\/')).join('|'));

describe.each([
  ['loops', loops],
  ['memory', memory],
  ['built-ins', builtIns],
  ['escapes', escapes],
  ['outputs', outputs],
  ['formulas', formulas],
])('hostile %s', (_group, scripts) => {
  test.each(scripts)('$name', async (hostile) => {
    const [result, beside] = await Promise.all([evaluate('evil', hostile), honest()]);
    const said = result.ok ? result.output : `${result.kind}: ${result.message}`;
    expect(said).toMatch(hostile.says);
    expect(said + (result.ok ? result.logs.join('\n') : '')).not.toMatch(HOST);
    expect((result.ok ? result.logs : []).length).toBeLessThanOrEqual(21);
    expect(beside).toEqual({ ok: true, output: HONEST_ANSWER, logs: [] });
    // And the child it leaves behind.
    expect(await honest()).toEqual({ ok: true, output: HONEST_ANSWER, logs: [] });
  });
});

describe('what a page leaves for the next', () => {
  test.each(leftovers)('$name', async ({ script }) => {
    for (const secret of ['"first"', '"second"']) {
      expect(await evaluate('leaver', { script, records: [`{"secret":${secret}}`] })).toEqual({ ok: true, output: '[{"key":"0","results":[{}]}]', logs: [] });
    }
    // Together in one message, as pages that wait are.
    const together = await Promise.all(['"third"', '"fourth"', '"fifth"'].map((secret) => evaluate('leaver', { script, records: [`{"secret":${secret}}`] })));
    for (const one of together) expect(one).toEqual({ ok: true, output: '[{"key":"0","results":[{}]}]', logs: [] });
    expect(await evaluate('other', { script, records: ['{"secret":"theirs"}'] })).toEqual({ ok: true, output: '[{"key":"0","results":[{}]}]', logs: [] });
  });

  test('nothing that a script can reach lets itself be changed', async () => {
    const walk = `
      const samples = [function* () {}, async () => 0, async function* () {}, [].values(), new Map().keys(), new Set().keys(), ''[Symbol.iterator](),
        'a'.matchAll(/a/g), Iterator.from({ next() {} }), [].values().drop(1), new Intl.Segmenter().segment('a'), new Intl.Segmenter().segment('a')[Symbol.iterator](), Promise.resolve(), new Proxy({}, {}), new WeakRef({}), new Intl.NumberFormat(), new Intl.DateTimeFormat()];
      const seen = new Set(); const open = []; const todo = [[globalThis, 'globalThis'], [console, 'console'], ...samples.map((s, i) => [Object.getPrototypeOf(s), 'sample ' + i])];
      while (todo.length) { const [o, path] = todo.pop(); if (Object(o) !== o || seen.has(o)) continue; seen.add(o);
        if (!Object.isFrozen(o) && !/^console/.test(path)) open.push(path); todo.push([Object.getPrototypeOf(o), path + '.[[Prototype]]']);
        for (const key of Reflect.ownKeys(o)) { const d = Object.getOwnPropertyDescriptor(o, key); for (const k of ['value', 'get', 'set']) todo.push([d[k], path + '.' + String(key)]); } }
      return { open, count: seen.size };`;
    const result = await evaluate('walker', { script: walk, timeoutMs: 5_000 });
    const [{ results }] = JSON.parse(result.ok ? result.output : '[{}]');
    expect(results[0].open).toEqual([]);
    expect(results[0].count).toBeGreaterThan(600);
  });
});
