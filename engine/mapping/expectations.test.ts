import { describe, expect, test } from 'vitest';
import type { Json } from '../flow/json.ts';
import { map } from '../nodes/map.ts';
import type { NodeCheckScope } from '../nodes/node-kind.ts';
import { checkExpectations, checkExpectationsWith, type Expectation } from './expectations.ts';
import type { Mapping } from './mapping-schema.ts';
import { tableRows } from './preview-mapping.ts';
import { inlineFormulas } from './preview/inline-formulas.ts';

const MAPPING: Mapping = {
  rules: [
    { id: 'a', target: 'id', source: { type: 'path', path: 'id' }, functions: [], onMissing: 'skip' },
    { id: 'b', target: 'total', source: { type: 'formula', expression: '$sum(lines.price)' }, functions: [], onMissing: 'skip' },
    { id: 'c', target: 'country', source: { type: 'lookup', table: 'countries', key: 'land', field: 'iso', onMiss: 'null' }, functions: [], onMissing: 'skip' },
    {
      id: 'd',
      target: 'lines[]',
      source: { type: 'forEach', path: 'lines', rules: [{ id: 'e', target: 'sku', source: { type: 'path', path: 'sku' }, functions: [], onMissing: 'skip' }] },
      functions: [],
      onMissing: 'skip',
    },
  ],
};
const SAMPLE = { id: 'one', data: { id: 7, land: 'Sverige', lines: [{ sku: 'A', price: 1.5 }, { sku: 'B', price: 2 }] } };

function expectation(target: string, value: Json, sampleId = 'one'): Expectation {
  return { id: target, sampleId, target, value };
}

describe('expectations', () => {
  test('hold, break, and stay unknown where formulas or tables are', () => {
    const wanted = [expectation('id', 7), expectation('id', 8), expectation('lines[1].sku', 'B'), expectation('lines[2]', null), expectation('total', 3.5), expectation('id', 1, 'gone')];
    const states = checkExpectations({ rules: MAPPING.rules.filter(({ id }) => id !== 'b' && id !== 'c') }, wanted, { samples: [SAMPLE] });
    expect(states.map(({ state, actual }) => [state, actual])).toEqual([
      ['held', 7],
      ['broken', 7],
      ['held', 'B'],
      ['held', null],
      ['broken', null],
      ['unknown', null],
    ]);
    expect(checkExpectations(MAPPING, [expectation('total', 3.5)], { samples: [SAMPLE] }).map(({ state }) => state)).toEqual(['unknown']);
  });

  test('with formulas and tables they are known', async () => {
    const tables = new Map([['countries', tableRows([{ key: 'Sverige', value: { iso: 'SE' } }])]]);
    const wanted = [expectation('total', '3.50'), expectation('total', 3.5), expectation('country', 'SE'), expectation('country', 'NO')];
    const states = await checkExpectationsWith(MAPPING, wanted, { samples: [SAMPLE], tables, formulas: inlineFormulas });
    expect(states.map(({ state, actual }) => [state, actual])).toEqual([
      ['broken', 3.5],
      ['held', 3.5],
      ['held', 'SE'],
      ['broken', 'SE'],
    ]);
  });

  test('a broken one is a warning that names it', () => {
    const mapping = { rules: MAPPING.rules.slice(0, 1) };
    const node = { id: 'm', kind: 'map', kindVersion: 1, label: 'Map', position: { x: 0, y: 0 }, config: {} };
    const scope: NodeCheckScope = { connections: [], mayPublishUnverified: false, node, doc: { schemaVersion: 1, nodes: [], edges: [], settings: { orderingKey: null, businessKeys: [], retry: { maxAttempts: 1, baseSeconds: 1, maxSeconds: 1 }, concurrency: 1 } }, arriving: () => [SAMPLE] };
    expect(map.check({ mapping, expectations: [expectation('id', 8), expectation('id', 7)] }, scope)).toEqual([
      { code: 'mapping_expectation_failed', severity: 'warning', nodeId: 'm', field: 'expectations.id', params: { target: 'id', expected: '8', actual: '7' } },
    ]);
  });
});
