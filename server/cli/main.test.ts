import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { eq } from 'drizzle-orm';
import * as schema from '#drizzle/schema/index.ts';
import { startServer } from '../testing/http-server.ts';
import type { TestServer } from '../testing/http-server.ts';
import { makeContent, sampleBody } from '../testing/place.ts';
import type { Place } from '../testing/place.ts';
import { createWorld } from '../testing/world.ts';
import type { World } from '../testing/world.ts';

const main = join(import.meta.dirname, 'main.ts');

// Each call is a process of its own; on a machine with other work a test makes ten of them in as many seconds.
vi.setConfig({ testTimeout: 90_000 });

let world: World;
let server: TestServer;
let key: string;
let folder: string;
let own: Place;

beforeAll(async () => {
  world = await createWorld();
  server = await startServer(world.runtime);
  key = await world.addApiKey({ partnerId: world.alder.partnerId, role: 'consultant' });
  folder = await mkdtemp(join(tmpdir(), 'weft-cli-'));
});
afterAll(async () => {
  await server.close();
  await world.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  const { partnerId, retailerId, marker } = world.alder.own;
  own = await world.asOwner((db) => makeContent(db, { partnerId, retailerId, marker }));
});

function baseEnv() {
  return { NODE_ENV: 'production' as const, PATH: process.env['PATH'] ?? '', WEFT_URL: server.url, WEFT_API_KEY: key, WEFT_DATA_DIR: folder };
}

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

function weft(args: string[], options: { env?: Record<string, string> } = {}): Promise<Ended> {
  const env = { ...baseEnv(), ...options.env };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, stdout, stderr });
    });
  });
}

describe('flows as files', () => {
  it('exports stable JSON with connections by name, and imports it elsewhere', async () => {
    const path = join(folder, 'orders.flow.json');
    const exported = await weft(['flow', 'export', own.flowId, '--out', path]);
    expect(exported).toMatchObject({ code: 0 });
    const text = await readFile(path, 'utf8');
    expect(text).toContain(`"connectionName": "System AlderOwn ${own.connectionId}"`);
    expect(text).not.toContain('"connectionId"');

    // Elsewhere the name is missing: refused in words, nothing made.
    const refused = await weft(['flow', 'import', path, '--retailer', 'aldersibling']);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(`no connection named "System AlderOwn ${own.connectionId}"`);

    const { partnerId, retailerId } = world.alder.sibling;
    await world.asOwner((db) => db.insert(schema.connection).values({ partnerId, retailerId, name: `System AlderOwn ${own.connectionId}`, baseUrl: 'https://other.example' }));
    const imported = await weft(['flow', 'import', path, '--retailer', 'aldersibling', '--json']);
    expect(imported).toMatchObject({ code: 0, stderr: '' });
    const [{ flowId, outcome }] = JSON.parse(imported.stdout);
    expect(outcome).toBe('created');
    const again = await weft(['flow', 'import', path, '--retailer', 'aldersibling', '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject([{ flowId, outcome: 'unchanged' }]);

    const published = await weft(['flow', 'publish', flowId, '--json']);
    expect(JSON.parse(published.stdout)).toMatchObject({ flowId, number: 1 });
  });

  it('keeps every digit of a document', async () => {
    const path = join(folder, 'digits.flow.json');
    await weft(['flow', 'export', own.flowId, '--out', path]);
    const text = (await readFile(path, 'utf8')).replace('"value": null', '"value": 820982911946154508');
    await writeFile(path, text);
    expect(await weft(['flow', 'import', path, '--flow', own.flowId])).toMatchObject({ code: 0 });
    const [draft] = await world.asOwner((db) => db.select().from(schema.flowDraft).where(eq(schema.flowDraft.flowId, own.flowId)));
    expect(draft?.doc).toContain('820982911946154508');
  });

  it('lists', async () => {
    const listed = await weft(['flow', 'list', '--retailer', 'alderown', '--json']);
    expect(JSON.parse(listed.stdout)).toContainEqual(expect.objectContaining({ id: own.flowId, state: 'live' }));
    expect((await weft(['flow', 'list'])).stdout).toMatch(/^ID +RETAILER/);
  });
});

it('sends an event letter for letter', async () => {
  const path = join(folder, 'order.json');
  await writeFile(path, sampleBody('order'));
  const sent = await weft(['event', 'send', path, '--flow', own.flowId, '--json']);
  expect(sent).toMatchObject({ code: 0, stderr: '' });
  const { eventId } = JSON.parse(sent.stdout);
  const [row] = await world.asOwner((db) => db.select().from(schema.inbox).where(eq(schema.inbox.id, eventId)));
  expect(row).toMatchObject({ body: sampleBody('order'), trigger: 'api', flowId: own.flowId });
});

it('shows a run, and tails runs as they change', async () => {
  const shown = await weft(['run', 'show', own.runId]);
  expect(shown.stdout).toContain('AlderOwn said no');
  expect(JSON.parse((await weft(['run', 'show', own.runId, '--json'])).stdout)).toMatchObject({ id: own.runId, state: 'failed' });

  const child = spawn(process.execPath, [main, 'runs', 'tail', '--flow', own.flowId, '--json'], { env: baseEnv() });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  expect(JSON.parse((await lines.next()).value ?? '')).toMatchObject({ id: own.runId, state: 'failed' });
  await world.asOwner(async (db) => {
    await db.update(schema.run).set({ state: 'succeeded', attempt: 2 }).where(eq(schema.run.id, own.runId));
    await db.execute(`select pg_notify('weft_run', '${JSON.stringify({ p: own.partnerId, r: [own.retailerId] })}')`);
  });
  expect(JSON.parse((await lines.next()).value ?? '')).toMatchObject({ id: own.runId, state: 'succeeded', attempt: 2 });
  child.kill();
});

it('says in words and by exit code what went wrong', async () => {
  expect(await weft(['flow', 'list'], { env: { WEFT_API_KEY: 'weft_0123456789abcdefghij' } })).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('unknown, expired or revoked') });
  expect(await weft(['flow', 'list'], { env: { WEFT_API_KEY: '' } })).toMatchObject({ code: 2, stderr: expect.stringContaining('No API key') });
  expect(await weft(['flow', 'list'], { env: { WEFT_URL: 'http://127.0.0.1:9' } })).toMatchObject({ code: 3, stderr: expect.stringContaining('Nobody answers') });
  expect(await weft(['flow', 'export', 'no such flow'])).toMatchObject({ code: 1, stderr: expect.stringContaining('No flow "no such flow"') });
  expect(await weft(['flow', 'frobnicate'])).toMatchObject({ code: 2 });
  expect(await weft(['run', 'show', world.birch.own.runId])).toMatchObject({ code: 1, stderr: expect.stringContaining('Not found') });
});

it('takes key and partner from the installation\'s file', async () => {
  await writeFile(join(folder, 'cli.json'), JSON.stringify({ keys: [{ partner: 'alder', name: 'Alder', key }], engineUrl: 'http://127.0.0.1:3001' }));
  expect(await weft(['flow', 'list', '--partner', 'alder'], { env: { WEFT_API_KEY: '' } })).toMatchObject({ code: 0 });
  expect(await weft(['flow', 'list', '--partner', 'oak'])).toMatchObject({ code: 2, stderr: expect.stringContaining('alder') });
});
