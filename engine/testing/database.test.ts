import postgres from 'postgres';
import { expect, test } from 'vitest';
import { testDatabase } from './database.ts';

test('a test file gets a migrated database of its own, reachable by each role', async () => {
  const database = await testDatabase();
  const users = await Promise.all(
    [database.webUrl, database.authUrl, database.engineUrl].map(async (url) => {
      const sql = postgres(url, { max: 1 });
      const [row] = await sql<{ user: string; super: boolean; bypass: boolean }[]>`
        select rolname as user, rolsuper as super, rolbypassrls as bypass from pg_roles where rolname = current_user`;
      await sql.end();
      return row;
    }),
  );
  expect(users).toEqual(['weft_web', 'weft_auth', 'weft_engine'].map((user) => ({ user, super: false, bypass: false })));
  await database.drop();
});
