import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '#engine/testing/database.ts';
import { openDatabase, type Database } from './database.ts';
import { pgArray, pgTexts } from './pg-array.ts';

let target: Awaited<ReturnType<typeof testDatabase>>;
let database: Database;

beforeAll(async () => {
  target = await testDatabase();
  database = openDatabase(target.engineUrl);
});

afterAll(async () => {
  await database?.close();
  await target?.drop();
});

describe('array literals', () => {
  test('Postgres reads back any texts, NUL and lone surrogates aside', async () => {
    const texts = fc.array(fc.option(fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom('', 'NULL', 'null', '{}', '"', '\\', '\\n', '\n\t\r\b\f', '{"a":"\\"x\\\\"}')), { nil: null }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(texts, async (values) => {
        // As JSON, because the driver reads a null in an array as the text NULL.
        const [row] = await database.sql<{ back: string }[]>`select to_json(${pgTexts(values)}::text[])::text as back`;
        expect(JSON.parse(row?.back ?? '')).toEqual(values.map((value) => value?.toWellFormed().replaceAll('\u0000', '\uFFFD') ?? null));
      }),
      { numRuns: 200 },
    );
  });

  test('lists as parameters', async () => {
    const [row] = await database.sql`
      select to_jsonb(${[1, 2.5]}::float8[]) as f, to_jsonb(${['a', '"', ' ']}::text[]) as t, ${['a']}::text[] @> ${[]}::text[] as empty, to_jsonb(${[3]}::bigint[]) as n`;
    expect(row).toEqual({ f: [1, 2.5], t: ['a', '"', ' '], empty: true, n: [3] });
  });

  test('plain values', async () => {
    const [row] = await database.sql`
      select to_jsonb(${pgArray([1, -2])}::int[]) as n, to_jsonb(${pgArray([true, false])}::boolean[]) as b, to_jsonb(${pgArray(['a', ''])}::text[]) as t`;
    expect(row).toEqual({ n: [1, -2], b: [true, false], t: ['a', ''] });
  });
});
