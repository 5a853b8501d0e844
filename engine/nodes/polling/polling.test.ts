import { describe, expect, test } from 'vitest';
import type { Json } from '../../flow/json.ts';
import { parseJson } from '../../flow/json.ts';
import { NODE_KINDS } from '../registry.ts';
import { stateWorld } from '../testing/memory-state.ts';
import { readPages } from '../testing/run-node.ts';
import { compareMarks, withOverlap } from './mark.ts';

interface Row {
  id: number;
  updated_at: string;
}

/** A system that lists what changed since a moment, ten at a time, the oldest first. */
function system(rows: Row[]) {
  const asked: string[] = [];
  return {
    asked,
    call: (request: { query: [string, string][] }) => {
      const query = Object.fromEntries(request.query);
      asked.push(query['updated_since'] ?? '');
      const since = query['updated_since'] ?? '';
      const found = rows.filter((row) => row.updated_at >= since).toSorted((a, b) => a.updated_at.localeCompare(b.updated_at));
      const from = (Number(query['page']) - 1) * 10;
      return { ok: true as const, status: 200, headers: {}, bodyText: JSON.stringify(found.slice(from, from + 10)), exchangeId: 'x' };
    },
  };
}

const CONFIG = { connectionId: 'shop', url: '/orders', checkpoint: { path: 'updated_at', initial: '2026-03-01T00:00:00Z', overlapSeconds: 60 } };
const minute = (at: number): string => `2026-03-14T09:${String(at).padStart(2, '0')}:00Z`;

async function poll(rows: Row[], state = stateWorld(), config: object = {}) {
  const world = system(rows);
  const pages = await readPages(NODE_KINDS['poll-trigger'], {}, { config: { ...CONFIG, ...config }, call: world.call, state });
  state.memories.clear();
  return { ids: pages.flatMap(({ records }) => records.map((record) => Object(record).id)), asked: world.asked, failure: pages.at(-1)?.failure };
}

describe('poll trigger', () => {
  test('asks from the beginning first, then from the checkpoint less the overlap, and hands each change on once', async () => {
    const state = stateWorld();
    const rows = Array.from({ length: 25 }, (_, id) => ({ id, updated_at: minute(id) }));
    const first = await poll(rows, state);
    expect(first.ids).toEqual(rows.map(({ id }) => id));
    expect(new Set(first.asked)).toEqual(new Set(['2026-03-01T00:00:00Z']));
    expect(state.checkpoints.get('node')).toBe(minute(24));
    state.claimed.forEach((owner, key) => state.claimed.set(key, `earlier run ${owner}`));
    // A change that was committed late, one that is new, and a record that changed again.
    rows.push({ id: 90, updated_at: '2026-03-14T09:23:30Z' }, { id: 91, updated_at: minute(26) });
    rows[3] = { id: 3, updated_at: minute(27) };
    const second = await poll(rows, state);
    expect(second.asked[0]).toBe(minute(23));
    expect(second.ids).toEqual([90, 91, 3]);
    expect(state.checkpoints.get('node')).toBe(minute(27));
  });

  test('a quiet system is not read twice, however long it stays quiet', async () => {
    const rows = [{ id: 1, updated_at: '2025-01-01T00:00:00Z' }];
    const state = stateWorld({ checkpoints: new Map([['node', '2025-01-01T00:00:00Z']]) });
    expect((await poll(rows, state)).ids).toEqual([]);
    expect(state.claimed.size).toBe(0);
  });

  test('without an overlap and a key only what is past the checkpoint goes on', async () => {
    const state = stateWorld({ checkpoints: new Map([['node', minute(5)]]) });
    const rows = [4, 5, 6].map((id) => ({ id, updated_at: minute(id) }));
    const config = { keyPath: '', checkpoint: { ...CONFIG.checkpoint, overlapSeconds: 0 } };
    expect((await poll(rows, state, config)).ids).toEqual([6]);
    expect(state.checkpoints.get('node')).toBe(minute(6));
  });

  test('a page that failed moves no checkpoint', async () => {
    const state = stateWorld();
    const pages = await readPages(NODE_KINDS['poll-trigger'], {}, {
      config: CONFIG,
      state,
      call: ({ query }) =>
        query.some(([name, value]) => name === 'page' && value === '1')
          ? { ok: true, status: 200, headers: {}, bodyText: JSON.stringify([{ id: 1, updated_at: minute(1) }]), exchangeId: 'x' }
          : { ok: false, class: 'transient', code: 'http_503', message: '' },
    });
    expect(pages.at(-1)?.failure?.code).toBe('http_503');
    expect(state.checkpoints.size).toBe(0);
  });

  test('leaves the parameter out while there is no checkpoint at all', async () => {
    const { asked } = await poll([], stateWorld(), { checkpoint: { ...CONFIG.checkpoint, initial: '' } });
    expect(asked).toEqual(['']);
  });
});

test.each<[string, string, number | null]>([
  ['"2026-01-01T00:00:00.123456Z"', '"2026-01-01T00:00:00.123457Z"', -1],
  ['"2026-01-01T01:00:00+01:00"', '"2026-01-01T00:00:00Z"', 0],
  ['"2026-01-02"', '"2026-01-01T23:59:59Z"', 1],
  ['900719925474099312345', '900719925474099312346', -1],
  ['"17"', '9', 8],
  ['"2026-01-01"', '5', null],
  ['"abc"', '"abd"', null],
  ['null', '1', null],
])('%s beside %s', (left, right, order) => {
  const found = compareMarks(parseJson(left), parseJson(right));
  expect(found === null ? null : Math.sign(found)).toBe(order === null ? null : Math.sign(order));
});

test.each<[Json, number, Json]>([
  ['2026-01-01T00:00:30Z', 60, '2025-12-31T23:59:30Z'],
  ['2026-01-01T00:00:30.250Z', 30, '2026-01-01T00:00:00.250Z'],
  ['2026-01-01T02:00:00+02:00', 3_600, '2026-01-01T01:00:00+02:00'],
  ['2026-01-01 00:10:00', 600, '2026-01-01 00:00:00'],
  ['2026-01-02', 86_400, '2026-01-01'],
  [17, 60, 17],
  ['2026-01-01T00:00:30.123456Z', 0, '2026-01-01T00:00:30.123456Z'],
])('%s less %i s', (mark, overlap, expected) => {
  expect(withOverlap(mark, overlap)).toBe(expected);
});

test('a page that is read again after a crash, with its records at other places, loses none of them', async () => {
  const state = stateWorld();
  const rows = [{ id: 1, updated_at: minute(1) }, { id: 2, updated_at: minute(2) }];
  await poll(rows, state);
  state.checkpoints.clear();
  const again = await poll([{ id: 0, updated_at: minute(0) }, ...rows], state);
  expect(again.ids).toEqual([0, 1, 2]);
});
