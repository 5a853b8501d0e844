import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { parseJson, stringifyJson } from '#engine/flow/json.ts';
import { createSandbox } from './pool.ts';

vi.setConfig({ testTimeout: 60_000 });

const sandbox = createSandbox({ limits: { outputChars: 100_000, logLines: 3 } });
afterAll(() => sandbox.close());

interface Options {
  tenant?: string;
  timeoutMs?: number;
  memoryMb?: number;
}

/** Runs a script over records given as JSON texts. */
function run(script: string, data: string[] = ['{}'], options: Options = {}) {
  const input = `[${data.map((text, at) => `{"key":"${at}","data":${text}}`).join(',')}]`;
  return sandbox.evaluate({ tenant: 'a', timeoutMs: 2_000, memoryMb: 16, ...options, script, input });
}

async function first(script: string, data = '{}'): Promise<string> {
  const result = await run(script, [data]);
  return result.ok ? result.output : `${result.kind}: ${result.message}`;
}

describe('what a script returns', () => {
  test('a value is one result, a list many, null none', async () => {
    const script = 'return record.n > 1 ? [record, { n: 9 }] : record.n === 1 ? record : null;';
    const result = await run(script, ['{"n":0}', '{"n":1}', '{"n":2}']);
    expect(result).toEqual({
      ok: true,
      logs: [],
      output: '[{"key":"0","results":[]},\n{"key":"1","results":[{"n":1}]},\n{"key":"2","results":[{"n":2},{"n":9}]}]',
    });
  });

  test('one record that fails does not fail the others, and says where', async () => {
    const result = await run('const order = record;\n\nreturn { city: order.address.city };', ['{"address":{"city":"Kiel"}}', '{}']);
    const output = result.ok ? JSON.parse(result.output) : null;
    expect(output[0].results).toEqual([{ city: 'Kiel' }]);
    expect(output[1].error).toEqual({ message: "TypeError: Cannot read properties of undefined (reading 'city')", line: 3 });
  });

  test('nothing, a promise and a function are refused in words', async () => {
    expect(await first('record.a = 1;')).toContain('returned nothing');
    expect(await first('return (async () => record)();')).toContain('promise');
    expect(await first('return () => record;')).toContain('function');
    expect(await first('return new Promise(() => {});')).toContain('promise');
  });

  test('console output is kept, bounded', async () => {
    const result = await run('console.log("order", record); console.log(1n); console.log(new Error("x")); console.log("four"); console.log("five"); return null;', ['{"id":820982911946154508}']);
    expect(result).toMatchObject({ ok: true, logs: ['order {"id":820982911946154508}', '1', 'Error: x', '… 2 more'] });
  });
});

describe('digits', () => {
  test('ids and amounts come out as they came in', async () => {
    const order = '{"id":820982911946154508,"total":12.50,"rate":0.1234567890123456789,"tiny":1e-7,"zero":-0,"line":[{"price":1.00}]}';
    expect(await first('return record;', order)).toBe(`[{"key":"0","results":[${order}]}]`);
    expect(await first('return { ...record.line[0], order: record.id + 1n };', order)).toBe('[{"key":"0","results":[{"price":1,"order":820982911946154509}]}]');
    expect(await first('record.total = record.total * 2; return { total: record.total };', order)).toContain('{"total":25}');
  });

  test('whatever is handed through is not changed by a digit', async () => {
    const integer = fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }).map(String);
    const decimal = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.stringMatching(/^\d{1,22}$/)).map(([whole, part]) => `${whole}.${part}`);
    const power = fc.tuple(decimal, fc.integer({ min: -30, max: 30 })).map(([base, exponent]) => `${base}e${exponent}`);
    const numbers = fc.array(fc.oneof(integer, decimal, power), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(numbers, async (texts) => {
        const data = `{"n":[${texts.join(',')}],"o":{"p":${texts[0]}}}`;
        expect(await first('return record;', data)).toBe(`[{"key":"0","results":[${data}]}]`);
      }),
      { numRuns: 40 },
    );
  });

  test('any document goes through unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => {
        fc.pre(!/__proto__|constructor|prototype/.test(text));
        const output = await first('return { kept: record.kept };', `{"kept":${text}}`);
        expect(stringifyJson(parseJson(output))).toBe(`[{"key":"0","results":[{"kept":${stringifyJson(parseJson(text))}}]}]`);
      }),
      { numRuns: 40 },
    );
  });
});

describe('syntax', () => {
  test('is checked without running, with the line', async () => {
    expect(await sandbox.check('while (true) {}')).toEqual({ ok: true });
    expect(await sandbox.check('const a = 1;\nconst b = ;')).toEqual({ ok: false, kind: 'syntax', message: "Unexpected token ';'", line: 2 });
    expect(await run('return {')).toMatchObject({ ok: false, kind: 'syntax' });
  });

  test('a script cannot close the function around it', async () => {
    expect(await sandbox.check('return 1; }), (function () {')).toMatchObject({ ok: false, kind: 'syntax' });
    expect(await sandbox.check('return 1; /*')).toMatchObject({ ok: false, kind: 'syntax' });
  });
});

describe('a hostile script', () => {
  const alive = async (): Promise<void> => expect(await first('return { alive: true };')).toContain('"alive":true');

  test('that never ends is ended', async () => {
    for (const script of ['while (true) {}', 'Promise.resolve().then(() => { for (;;); }); return record;', '/^(a+)+$/.test("a".repeat(60) + "!"); while (true) {}']) {
      expect(await run(script, ['{}'], { timeoutMs: 200 })).toMatchObject({ ok: false, kind: 'timeout' });
    }
    await alive();
  });

  test('that eats memory is ended', async () => {
    const bombs = [
      'const a = []; while (true) a.push(new Array(10000).fill(record));',
      'let s = "x"; while (true) s += s + s;',
      'const m = new Map(); for (let i = 0; ; i++) m.set(i, { i });',
      'const a = []; while (true) a.push(new Uint8Array(1e6).fill(1));',
    ];
    for (const bomb of bombs) {
      const result = await run(bomb, ['{}'], { timeoutMs: 2_000 });
      // Which limit is met first is V8's affair: near its heap limit it may collect garbage until the time is over.
      const kind = result.ok ? result.output : result.kind;
      expect(kind).toMatch(/memory|timeout|crashed|Invalid string length|Array buffer allocation failed/);
    }
    await alive();
  });

  test('finds no way to memory outside its limit', async () => {
    expect(await first('return typeof WebAssembly + typeof SharedArrayBuffer + typeof Atomics;')).toContain('undefinedundefinedundefined');
    const grown = 'const b = new (new Uint8Array(1).buffer.constructor)(1, { maxByteLength: 2 ** 28 }); return [b.resizable, typeof b.resize];';
    expect(await first(grown)).toContain('[false,"undefined"]');
  });

  test('that recurses forever fails its record only', async () => {
    expect(await first('const f = () => f() + 1; return f();')).toContain('Maximum call stack size exceeded');
  });

  test('that returns too much is told so', async () => {
    expect(await run('return "x".repeat(100001);')).toMatchObject({ ok: false, kind: 'output_too_large' });
    expect(await run('return new Array(1000).fill("x".repeat(1000));')).toMatchObject({ ok: false, kind: 'output_too_large' });
  });

  test('finds nothing of the process around it', async () => {
    const escapes = [
      'return this.constructor.constructor("return process")();',
      'return record.constructor.constructor("return process")().env;',
      'return console.log.constructor("return process")();',
      'return (function () {}).constructor("return require")()("fs");',
      'return import("node:fs");',
      'return globalThis.process.pid;',
      'return input;',
      'return stringify({});',
    ];
    for (const script of escapes) expect(`${script} → ${await first(script)}`).toMatch(/"error":|cannot import/);
  });

  test('that changes the built-ins changes nothing for others, and not the form of its answer', async () => {
    const vandal = `
      Object.prototype.toJSON = () => ({ stolen: true });
      Array.prototype.push = () => { throw 1; };
      JSON.stringify = () => '"]}';
      RegExp.prototype.exec = () => { throw 2; };
      String.prototype.slice = String.prototype.split = () => ']';
      Object.defineProperty(Array.prototype, 0, { set() { throw 3; } });
      Error.prepareStackTrace = () => { throw 4; };
      record.__proto__.polluted = true;
      console.log('seen', {});
      if (record.fail) throw new Error('as told');
      return { ok: 1 };`;
    const result = await run(vandal, ['{}', '{"fail":true}']);
    expect(result.ok && JSON.parse(result.output).map((entry: { key: string }) => entry.key)).toEqual(['0', '1']);
    expect(await first('return { polluted: record.polluted, text: [1].toJSON };')).toBe('[{"key":"0","results":[{}]}]');
  });

  test('that lies in what it throws is described all the same', async () => {
    const liars = ['throw null;', 'throw { get message() { throw 1; } };', 'throw Object.assign(new Error("x"), { stack: { toString() { throw 1; } } });', 'const e = new Error(); e.message = Symbol("s"); throw e;'];
    for (const script of liars) expect(await first(script)).toContain('"error":{"message":');
  });
});

describe('processes', () => {
  /** The one child, which lives. Never 0: a signal to process 0 goes to this process and all its relatives. */
  async function livingChild(): Promise<number> {
    expect(await first('return 1;')).toBe('[{"key":"0","results":[1]}]');
    const [pid] = sandbox.pids();
    if (pid === undefined) throw new Error('no child');
    return pid;
  }

  test('a child that dies costs its page nothing but time: another child takes it', async () => {
    const pid = await livingChild();
    const busy = run('let n = 0; for (let i = 0; i < 3e8; i++) n += i; return { n };', ['{}'], { timeoutMs: 20_000 });
    process.kill(pid, 'SIGKILL');
    expect(await busy).toMatchObject({ ok: true });
    expect(sandbox.pids()).not.toContain(pid);
  });

  test('a child that ended while it rested is replaced, and no script is blamed', async () => {
    const pid = await livingChild();
    const { crashes } = sandbox.counts();
    process.kill(pid, 'SIGKILL');
    while (sandbox.pids().includes(pid)) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await first('return 1;')).toBe('[{"key":"0","results":[1]}]');
    expect(sandbox.counts().crashes).toBe(crashes);
  });

  test('a page that ends two children is held to be the cause', async () => {
    let over = false;
    const doomed = run('for (;;);', ['{}'], { timeoutMs: 20_000, tenant: 'killer' }).finally(() => (over = true));
    for (let killed = 0; !over; await new Promise((resolve) => setTimeout(resolve, 5))) {
      const [pid] = sandbox.pids();
      if (pid === undefined || pid === killed || sandbox.counts().batches === 0) continue;
      killed = pid;
      process.kill(pid, 'SIGKILL');
    }
    expect(await doomed).toMatchObject({ ok: false, kind: expect.stringMatching(/crashed|unavailable/) });
    expect(await first('return 1;')).toBe('[{"key":"0","results":[1]}]');
  });

  test('a child that stands still is killed by the watchdog', async () => {
    process.kill(await livingChild(), 'SIGSTOP');
    expect(await run('return 1;', ['{}'], { timeoutMs: 100 })).toMatchObject({ ok: false, kind: 'timeout' });
    expect(await first('return 1;')).toBe('[{"key":"0","results":[1]}]');
  });

  test('tenants share a child one after the other, and nothing else', async () => {
    const script = 'globalThis.seen = (globalThis.seen ?? 0) + 1; return globalThis.seen;';
    const answers = await Promise.all(['a', 'b', 'a', 'b'].map((tenant) => run(script, ['{}'], { tenant })));
    for (const answer of answers) expect(answer).toMatchObject({ ok: true, output: '[{"key":"0","results":[1]}]' });
    expect(sandbox.pids()).toHaveLength(1);
  });

  test('a warm script keeps nothing between pages', async () => {
    const script = 'const before = globalThis.last; globalThis.last = record.id; return [before ?? "none"];';
    await run(script, ['{"id":1}']);
    expect(await run(script, ['{"id":2}'])).toMatchObject({ output: '[{"key":"0","results":["none"]}]' });
  });

  test('a child may read its program and write, start and reach nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'weft-sandbox-'));
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    const secret = join(tmpdir(), `weft-secret-${process.pid}`);
    await writeFile(secret, 'key');
    // Not the real program: one that has already broken out, and says what it got.
    await cp(new URL('./frames.ts', import.meta.url), join(folder, 'frames.ts'));
    await writeFile(
      join(folder, 'worker.ts'),
      `import { inheritedChannel, writeFrame } from './frames.ts';
      import fs from 'node:fs'; import { spawnSync } from 'node:child_process'; import { Worker } from 'node:worker_threads';
      const tries = { read: () => fs.readFileSync(${JSON.stringify(secret)}), write: () => fs.writeFileSync(${JSON.stringify(secret)}, 'x'), start: () => spawnSync('true').error, thread: () => new Worker('0', { eval: true }) };
      const got = Object.entries(tries).filter(([, one]) => { try { one(); return true; } catch (error) { return error.code !== 'ERR_ACCESS_DENIED'; } }).map(([name]) => name);
      writeFrame(inheritedChannel(3), { type: 'unavailable', message: JSON.stringify({ got, env: Object.keys(process.env) }) }, []);`,
    );
    const broken = createSandbox({ entry: pathToFileURL(join(folder, 'worker.ts')) });
    const result = await broken.evaluate({ tenant: 'a', script: 'return 1;', input: '[]', timeoutMs: 500, memoryMb: 16 });
    expect(result).toMatchObject({ ok: false, kind: 'unavailable', message: '{"got":[],"env":[]}' });
    await broken.close();
    await Promise.all([rm(folder, { recursive: true }), rm(secret)]);
  });

  test('without isolated-vm nothing runs', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'weft-sandbox-'));
    await cp(new URL('.', import.meta.url), folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    const crippled = createSandbox({ entry: pathToFileURL(join(folder, 'worker.ts')) });
    const result = await crippled.evaluate({ tenant: 'a', script: 'return 1;', input: '[{"key":"0","data":1}]', timeoutMs: 500, memoryMb: 16 });
    expect(result).toMatchObject({ ok: false, kind: 'unavailable', message: expect.stringContaining('isolated-vm') });
    await crippled.close();
    await rm(folder, { recursive: true });
  });

  test('a closed sandbox refuses', async () => {
    const other = createSandbox();
    await other.close();
    expect(await other.evaluate({ tenant: 'a', script: 'return 1;', input: '[]', timeoutMs: 100, memoryMb: 16 })).toMatchObject({ kind: 'unavailable' });
  });
});
