import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { cloneDatabase, createTestRun, endTestRun } from './test-cluster.ts';
import type { Migrate, TestDatabase } from './test-cluster.ts';

const migrate: Migrate = async (ownerUrl, { passwords }) => {
  const sql = postgres(ownerUrl, { max: 1 });
  await sql.unsafe(`create table thing (name text); insert into thing values ('first')`);
  await sql.unsafe(`create role weft_web login password '${passwords.web}'; grant select, insert on thing to weft_web`);
  await sql.end();
  const webUrl = new URL(ownerUrl);
  webUrl.username = 'weft_web';
  webUrl.password = passwords.web;
  return { webUrl: webUrl.href, authUrl: webUrl.href, engineUrl: webUrl.href };
};

let run: string;
let clones: TestDatabase[];

beforeAll(async () => {
  run = await createTestRun();
  clones = await Promise.all([cloneDatabase(run, migrate), cloneDatabase(run, migrate), cloneDatabase(run, migrate)]);
});

afterAll(() => endTestRun(run));

test('every clone is migrated, reachable by its role and apart from the others', async () => {
  const names = clones.map((clone) => new URL(clone.webUrl).pathname);
  expect(new Set(names).size).toBe(3);
  const [one, two] = clones.map((clone) => postgres(clone.webUrl, { max: 1 }));
  if (!one || !two) throw new Error('no clones');
  await one`insert into thing values ('second')`;
  expect(await one`select name from thing order by name`).toMatchObject([{ name: 'first' }, { name: 'second' }]);
  expect(await two`select name from thing order by name`).toMatchObject([{ name: 'first' }]);
  await Promise.all([one.end(), two.end()]);
});

test('a dropped clone is gone even while somebody is connected', async () => {
  const clone = await cloneDatabase(run, migrate);
  const sql = postgres(clone.webUrl, { max: 1, onclose: () => undefined });
  await sql`select 1`;
  await clone.drop();
  await expect(sql`select 1`).rejects.toThrow(/does not exist|terminat|closed/i);
  await sql.end({ timeout: 1 });
});

test('the vitest run provides its own folder', () => {
  expect(inject('weftTestRun')).not.toBe(run);
});
