import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { is } from 'drizzle-orm';
import { PgBoss } from 'pg-boss';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '#engine/testing/database.ts';
import { DatabaseIsNewerError, migrate } from './migrate.ts';
import * as schema from './schema/index.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await testDatabase();
  sql = postgres(database.ownerUrl, { max: 2, onnotice: () => {} });
});
afterAll(async () => {
  await sql?.end({ timeout: 5 });
  await database?.drop();
});

/** The same passwords again: roles belong to the whole server, which other test files use at this moment. */
function passwords() {
  const of = (url: string) => decodeURIComponent(new URL(url).password);
  return { web: of(database.webUrl), auth: of(database.authUrl), engine: of(database.engineUrl) };
}

async function inNewDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const name = `weft_fresh_${Date.now()}`;
  await sql.unsafe(`CREATE DATABASE ${name}`);
  const url = new URL(database.ownerUrl);
  url.pathname = `/${name}`;
  try {
    return await work(url.href);
  } finally {
    await sql.unsafe(`DROP DATABASE ${name} WITH (FORCE)`);
  }
}

test('a second time changes nothing and gives the same addresses', async () => {
  const state = () => sql`SELECT name, number, hash, applied_at FROM weft_migration ORDER BY name`;
  const before = await state();
  const done: string[] = [];
  const urls = await migrate(database.ownerUrl, { passwords: passwords(), progress: (line) => done.push(line) });
  expect(urls).toEqual({ webUrl: database.webUrl, authUrl: database.authUrl, engineUrl: database.engineUrl });
  expect(done).toEqual([]);
  expect(await state()).toEqual(before);
});

test('three starters at once on an empty database all come out with it ready', async () => {
  await inNewDatabase(async (url) => {
    const all = await Promise.all([1, 2, 3].map(() => migrate(url, { passwords: passwords() })));
    expect(new Set(all.map(({ webUrl }) => webUrl)).size).toBe(1);
  });
});

test('refuses a database that is newer than the code, in plain words', async () => {
  await sql`INSERT INTO weft_migration (name, number, hash) VALUES ('migrations/9999_future.sql', 9999, '')`;
  const failed = await migrate(database.ownerUrl, { passwords: passwords() }).catch((error: unknown) => error);
  await sql`DELETE FROM weft_migration WHERE number = 9999`;
  expect(failed).toBeInstanceOf(DatabaseIsNewerError);
  expect(String(failed)).toMatch(/made by a newer version \(its last change is number 9999, this version knows \d+\)/);
});

test('refuses a migration that was changed after it had been applied', async () => {
  const [first] = await sql`UPDATE weft_migration m SET hash = 'other' FROM weft_migration old WHERE old.number = 1 AND m.number = 1 RETURNING old.hash`;
  await expect(migrate(database.ownerUrl, { passwords: passwords() })).rejects.toThrow('was changed after it had been applied');
  await sql`UPDATE weft_migration SET hash = ${first?.['hash']} WHERE number = 1`;
});

test('the tables are those of the schema, column by column', async () => {
  const columns = await sql`
    SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'weft_migration'`;
  const inDatabase = columns.map((row) => `${row['table']}.${row['column']} ${row['type']}${row['required'] ? ' not null' : ''}`);
  const tables = Object.values<unknown>(schema).filter((value): value is PgTable => is(value, PgTable));
  const inCode = tables.flatMap((table) => {
    const config = getTableConfig(table);
    const keys = config.primaryKeys.flatMap((key) => key.columns.map(({ name }) => name));
    return config.columns.map((column) => {
      const required = column.notNull || column.primary || keys.includes(column.name);
      const type = column.getSQLType().replace('timestamp (3) with time zone', 'timestamp(3) with time zone');
      return `${config.name}.${column.name} ${type}${required ? ' not null' : ''}`;
    });
  });
  expect(inCode.sort()).toEqual(inDatabase.sort());
});

test('the tables have the indexes of the schema', async () => {
  const rows = await sql`SELECT indexname FROM pg_indexes WHERE schemaname = 'public'`;
  const known = new Set(rows.map((row) => row['indexname']));
  const tables = Object.values<unknown>(schema).filter((value): value is PgTable => is(value, PgTable));
  const wanted = tables.flatMap((table) => {
    const { indexes, uniqueConstraints } = getTableConfig(table);
    return [...indexes.map(({ config }) => config.name), ...uniqueConstraints.map((unique) => unique.getName())];
  });
  expect(wanted.filter((name) => !known.has(name ?? ''))).toEqual([]);
});

test('the engine works with the queues, web rings in a transaction and reads nothing', async () => {
  const quiet = { supervise: false, schedule: false, migrate: false, registerInstance: false } as const;
  const web = new PgBoss({ connectionString: database.webUrl, max: 1, ...quiet });
  const engine = new PgBoss({ connectionString: database.engineUrl, max: 1, ...quiet, registerInstance: true, supervise: true });
  const errors: unknown[] = [];
  for (const boss of [web, engine]) boss.on('error', (error) => errors.push(error));
  try {
    await Promise.all([web.start(), engine.start()]);
    const bell = { singletonKey: 'f/0', group: { id: 'r' } };
    expect(await web.send('lane', { flowId: 'f', lane: 0 }, bell)).toEqual(expect.any(String));
    // Policy short: one bell per lane waits.
    expect(await web.send('lane', { flowId: 'f', lane: 0 }, bell)).toBeNull();
    for (const queue of ['lane-timer', 'test-run', 'connection-test']) expect(await web.send(queue, { id: '1' })).toEqual(expect.any(String));
    await expect(web.fetch('lane')).rejects.toThrow('permission denied');
    const [job] = await engine.fetch<{ flowId: string }>('lane');
    expect(job?.data.flowId).toBe('f');
    await engine.complete('lane', job?.id ?? '');
    await engine.supervise();
    expect(errors).toEqual([]);
  } finally {
    await Promise.all([web, engine].map((boss) => boss.stop({ graceful: false, close: true })));
  }
});
