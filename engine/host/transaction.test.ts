import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '#engine/testing/database.ts';
import { TcpProxy } from '#engine/testing/tcp-proxy.ts';
import { openDatabase, type Database } from './database.ts';
import { transaction } from './transaction.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let proxy: TcpProxy;
let opened: Database;

beforeAll(async () => {
  database = await testDatabase();
  const url = new URL(database.engineUrl);
  proxy = new TcpProxy({ host: url.hostname, port: Number(url.port) });
  url.port = String(await proxy.listen());
  url.hostname = '127.0.0.1';
  opened = openDatabase(url.href);
});

afterAll(async () => {
  await opened?.close();
  await proxy?.away();
  await database?.drop();
});

test('a connection that breaks in a transaction takes nothing else along (R7)', async () => {
  for (let round = 0; round < 3; round += 1) {
    const broken = transaction(opened.accept, async (tx) => {
      await tx`select 1`;
      await proxy.away();
      return tx`select 2 as n`;
    });
    await expect(broken).rejects.toThrow(/CONNECTION|ECONN|write|closed/i);
    await proxy.back();
    const rows = await transaction(opened.accept, (tx) => tx`select 3 as n`);
    expect(rows[0]?.['n']).toBe(3);
  }
});

test('what the work throws rolls back and comes out', async () => {
  await expect(transaction(opened.accept, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(transaction(opened.accept, (tx) => tx`select 1 / 0`)).rejects.toThrow(/division/);
  expect(await opened.accept`select 1 as n`).toHaveLength(1);
});
