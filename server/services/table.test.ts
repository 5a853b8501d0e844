import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, signIn } from '../testing/browser.ts';
import type { Credentials, Outcome } from '../testing/browser.ts';
import { createWorld } from '../testing/world.ts';
import type { World } from '../testing/world.ts';

let world: World;
let consultant: Credentials;
let retailerId: string;

beforeAll(async () => {
  world = await createWorld();
  retailerId = world.alder.own.retailerId;
  consultant = await signIn(world.runtime, await world.addPerson({ partnerId: world.alder.partnerId, role: 'consultant' }));
});
afterAll(() => world.close());

const query = (path: string, input: unknown) => call(world.runtime, consultant, { type: 'query', path, input });
const mutate = (path: string, input: unknown) => call(world.runtime, consultant, { type: 'mutation', path, input });
const dataOf = (outcome: Outcome) => (outcome.ok ? Object(outcome.data) : { refused: outcome.code, ...outcome.params });

describe('lookup tables', () => {
  it('keep what people typed, digit by digit, and refuse what would be lost', async () => {
    const rows = [['007', 'Lager Süd', '19.90'], ['=1+1', 'x', '']];
    const { id } = dataOf(await mutate('table.create', { retailerId, name: 'Warehouses', columns: ['name', 'price'], rows }));
    const table = dataOf(await query('table.get', { tableId: id }));
    expect(table).toMatchObject({ columns: ['name', 'price'], rows });
    expect(dataOf(await mutate('table.create', { retailerId, name: 'Warehouses', columns: ['value'], rows: [] }))).toMatchObject({ refused: 'conflict', reason: 'name_taken' });
    const save = (change: object) => mutate('table.save', { tableId: id, updatedAt: table.updatedAt, name: 'Warehouses', columns: ['value'], rows: [['a', '1']], ...change });
    expect(dataOf(await save({ rows: [['a', '1'], ['a', '2']] }))).toMatchObject({ refused: 'invalid', reason: 'key_twice', line: 2 });
    expect(dataOf(await save({ rows: [['', '1']] }))).toMatchObject({ refused: 'invalid', reason: 'key_missing', line: 1 });
    expect(dataOf(await save({ columns: ['__proto__'] }))).toMatchObject({ refused: 'invalid' });
    expect(dataOf(await save({}))).toMatchObject({ id });
    expect(dataOf(await save({}))).toMatchObject({ refused: 'conflict', reason: 'table_changed' });
    expect(dataOf(await query('table.list', { retailerId }))).toEqual(expect.arrayContaining([expect.objectContaining({ id, columns: ['value'], rowCount: 1, usedBy: [] })]));
  });

  it('take ten thousand rows', async () => {
    const rows = Array.from({ length: 10_000 }, (_, n) => [`SKU-${n}`, `Shelf ${n}`]);
    const { id } = dataOf(await mutate('table.create', { retailerId, name: 'Shelves', columns: ['value'], rows }));
    expect(dataOf(await query('table.get', { tableId: id })).rows).toHaveLength(10_000);
    expect(dataOf(await mutate('table.create', { retailerId, name: 'More', columns: ['value'], rows: [...rows, ['x', 'y']] }))).toMatchObject({ refused: 'invalid' });
  });
});

describe('cross-references', () => {
  const pair = (n: number) => ({ entity: 'product', leftSystem: 'shop', leftId: `S${n}`, rightSystem: 'erp', rightId: `E"${n},{x}` });

  it('are found from either side, and each id means one thing', async () => {
    expect(dataOf(await mutate('xref.import', { retailerId, pairs: [pair(1), pair(2), pair(30)] }))).toEqual({ count: 3 });
    const found = async (search: string) => dataOf(await query('xref.list', { retailerId, entity: 'product', search })).items;
    expect(await found('S1')).toMatchObject([{ leftSystem: 'erp', leftId: 'E"1,{x}', rightSystem: 'shop', rightId: 'S1' }]);
    expect(await found('E"3')).toHaveLength(1);
    expect(dataOf(await mutate('xref.add', { retailerId, ...pair(1), rightId: 'E9' }))).toMatchObject({ refused: 'conflict', reason: 'pair_taken' });
    // A pair that is known by either id gives way to the new one.
    expect(dataOf(await mutate('xref.import', { retailerId, pairs: [{ ...pair(1), rightId: 'E9' }] }))).toEqual({ count: 1 });
    expect(await found('S1')).toMatchObject([{ leftId: 'E9' }]);
    expect(dataOf(await mutate('xref.import', { retailerId, pairs: [pair(5), { ...pair(6), leftId: 'S5' }] }))).toMatchObject({ refused: 'invalid', reason: 'id_twice', line: 2 });
    expect(dataOf(await query('xref.kinds', { retailerId }))).toEqual(expect.arrayContaining([{ entity: 'product', leftSystem: 'erp', rightSystem: 'shop', count: 3 }]));
  });
});
