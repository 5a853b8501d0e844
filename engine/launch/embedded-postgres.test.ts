import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from './embedded-postgres.ts';
import { anyFreePort } from './ports.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { isAlive, waitUntilGone } from './process-state.ts';

interface Held {
  port: number;
  pid: number;
  adopted: boolean;
  url: string;
}

let folder: string;
const running: EmbeddedPostgres[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-launch-'));
  chmodSync(folder, 0o711);
});

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
  const left = await readPostmasterFile(join(folder, 'postgres'));
  if (left && isAlive(left.pid)) process.kill(left.pid, 'SIGQUIT');
  if (left) await waitUntilGone(left.pid, 10_000);
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({
    dataDir: join(folder, 'postgres'), logFile: join(folder, 'postgres.log'), password: 'only-for-tests', choosePort: anyFreePort, ...options,
  });
  running.push(server);
  return server;
}

async function query(url: string, statement: string): Promise<unknown[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return [...(await sql.unsafe(statement))];
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Another process that holds the server, as the supervisor does. */
async function hold(): Promise<{ parent: ChildProcess; held: Held }> {
  const parent = fork(join(import.meta.dirname, 'fixtures', 'hold-postgres.ts'), [folder], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const held = await new Promise<Held>((resolve, reject) => {
    parent.once('message', (message: Held) => resolve(message));
    parent.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  return { parent, held };
}

test('starts durable, on this machine only, keeps its data over a stop', async () => {
  const server = await start();
  expect(server.adopted).toBe(false);
  await query(server.url('postgres'), 'create table kept as select 42 as answer');
  const settings = await query(
    server.url('postgres'),
    `select name, setting from pg_settings where name in ('fsync', 'listen_addresses', 'data_checksums', 'password_encryption') order by name`,
  );
  expect(settings).toEqual([
    { name: 'data_checksums', setting: 'on' },
    { name: 'fsync', setting: 'on' },
    { name: 'listen_addresses', setting: '127.0.0.1' },
    { name: 'password_encryption', setting: 'scram-sha-256' },
  ]);
  await expect(query(server.url('postgres').replace('only-for-tests', 'guessed'), 'select 1')).rejects.toThrow(/password authentication failed/);
  await server.stop();
  await server.gone;
  expect(isAlive(server.pid)).toBe(false);
  const again = await start();
  expect(await query(again.url('postgres'), 'select answer from kept')).toEqual([{ answer: 42 }]);
});

test('a postmaster whose parent was killed is taken over, never started twice (R9)', async () => {
  const first = await hold();
  await query(first.held.url, 'create table rounds (n int)');
  let { parent } = first;
  for (let round = 1; round <= 4; round++) {
    const inserted = query(first.held.url, `insert into rounds values (${round})`);
    parent.kill('SIGKILL');
    await new Promise((resolve) => parent.once('exit', resolve));
    await inserted;
    const next = await hold();
    expect(next.held).toEqual({ ...first.held, adopted: true });
    parent = next.parent;
  }
  parent.kill('SIGKILL');
  const server = await start();
  expect(server).toMatchObject({ adopted: true, pid: first.held.pid });
  expect(await query(server.url('postgres'), 'select n from rounds order by n')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
  await server.stop();
  expect(isAlive(first.held.pid)).toBe(false);
}, 60_000);

test('a postmaster that was killed itself comes up again with every commit (R8)', async () => {
  let server = await start();
  await query(server.url('postgres'), 'create table rounds (n int)');
  for (let round = 1; round <= 3; round++) {
    await query(server.url('postgres'), `insert into rounds values (${round})`);
    process.kill(server.pid, 'SIGKILL');
    await server.gone;
    const from = Date.now();
    server = await start();
    expect(Date.now() - from).toBeLessThan(10_000);
    expect(server.adopted).toBe(false);
  }
  expect(await query(server.url('postgres'), 'select count(*)::int as rounds from rounds')).toEqual([{ rounds: 3 }]);
}, 60_000);

test('a taken port is said in one sentence', async () => {
  const blocker = createServer((socket) => socket.resume());
  const port = await anyFreePort();
  await new Promise<void>((resolve) => blocker.listen(port, '127.0.0.1', resolve));
  await expect(start({ choosePort: async () => port })).rejects.toThrow(`Port ${port} is in use by another program. Stop it, or set WEFT_PG_PORT to a free port.`);
  await new Promise((resolve) => blocker.close(resolve));
});

test('data of another major version is refused, untouched', async () => {
  const server = await start();
  await server.stop();
  writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '16\n');
  await expect(start()).rejects.toThrow(/was written by PostgreSQL 16, this release brings 18/);
});

test('another server that refuses our password is not taken over', async () => {
  const server = await start();
  await expect(start({ password: 'another' })).rejects.toThrow(/refuses our password/);
  expect(isAlive(server.pid)).toBe(true);
});

test.runIf(process.getuid?.() === 0)('works below a folder that only root may enter', async () => {
  chmodSync(folder, 0o700);
  const server = await start();
  expect(await query(server.url('postgres'), 'show data_directory')).toEqual([{ data_directory: '/proc/self/cwd' }]);
  await query(server.url('postgres'), 'create table kept as select 1 as n; checkpoint');
  await server.stop();
  const again = await start();
  expect(await query(again.url('postgres'), 'select n from kept')).toEqual([{ n: 1 }]);
});
