import { createServer, connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '#engine/testing/database.ts';
import { until } from '#engine/testing/until.ts';
import { isAway, openDatabase, type Database } from './database.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let opened: Database;
/** Connections that carry nothing any more though both ends think they are there. */
const deaf = new Set<Socket>();
const joined = new Set<Socket>();
const link = createServer((client) => {
  const { hostname, port } = new URL(database.engineUrl);
  const upstream = connect(Number(port), hostname);
  joined.add(client);
  client.on('data', (chunk) => void (deaf.has(client) || upstream.write(chunk)));
  upstream.on('data', (chunk) => void (deaf.has(client) || client.write(chunk)));
  for (const socket of [client, upstream]) socket.on('error', () => undefined).on('close', () => [client, upstream].map((one) => one.destroy()));
});

beforeAll(async () => {
  database = await testDatabase();
  await new Promise<void>((resolve) => link.listen(0, '127.0.0.1', resolve));
  const address = link.address();
  const url = new URL(database.engineUrl);
  url.hostname = '127.0.0.1';
  url.port = String(typeof address === 'object' && address !== null ? address.port : 0);
  opened = openDatabase(url.href, { silentMs: 300, pingMs: 100 });
});

afterAll(async () => {
  await opened?.close();
  for (const socket of joined) socket.destroy();
  link.close();
  await database?.drop();
});

test('a connection that has gone deaf is given up, and the next statement has a new one (R20)', async () => {
  await Promise.all([opened.sql`select 1`, opened.accept`select 1`, opened.journal`select 1`]);
  for (const socket of joined) deaf.add(socket);
  const failures = await Promise.all([opened.accept`select 1`, opened.journal`select 1`].map((query) => query.then(() => null, (error: unknown) => error)));
  expect(failures.map(isAway)).toEqual([true, true]);
  const answers = await Promise.all([opened.accept`select 2 as n`, opened.journal`select 2 as n`]);
  expect(answers.map(([row]) => row?.['n'])).toEqual([2, 2]);
});

test('whoever listens hears again on a new connection', async () => {
  const heard: string[] = [];
  await opened.sql.listen('weft_test', (text) => heard.push(text));
  for (const socket of joined) deaf.add(socket);
  let said = 0;
  await until(async () => {
    await opened.journal`select pg_notify('weft_test', ${String((said += 1))})`.catch(() => undefined);
    return heard.length > 0;
  }, 15_000, 'a notice on a new connection');
  expect(heard.length).toBeGreaterThan(0);
});
