import { describe, expect, it } from 'vitest';
import type { RunListItem, RunState } from '#server/views/run.ts';
import { appendPage, arrivals, type LoadedRuns, mergeHead, updateKnown } from './merge-runs.ts';

function run(id: string, state: RunState = 'succeeded'): RunListItem {
  return {
    id,
    retailerId: 'r',
    retailerName: 'R',
    flowId: 'f',
    flowName: 'F',
    versionNumber: 1,
    trigger: 'webhook',
    state,
    attempt: 1,
    startedAt: '2026-01-01T00:00:00Z',
    finishedAt: null,
    durationMs: null,
    recordsIn: 1,
    recordsFailed: 0,
    businessKeys: [],
    failureClass: null,
    failureCode: null,
    failureMessage: null,
    nextAttemptAt: null, pages: 0, waitingCode: null, originRunId: null, replayId: null,
  };
}

function list(ids: string, nextCursor: string | null = 'more'): LoadedRuns {
  return { items: [...ids].map((id) => run(id)), nextCursor };
}

const ids = (loaded: LoadedRuns) => loaded.items.map((item) => item.id).join('');

describe('mergeHead', () => {
  it('puts new runs in front and keeps what was loaded further down', () => {
    const merged = mergeHead(list('dcba', 'after-a'), list('fed', 'after-d'));
    expect(ids(merged)).toBe('fedcba');
    expect(merged.nextCursor).toBe('after-a');
  });

  it('replaces runs that changed', () => {
    const merged = mergeHead({ items: [run('b', 'running'), run('a')], nextCursor: 'x' }, { items: [run('b', 'failed')], nextCursor: 'y' });
    expect(merged.items.map((item) => item.state)).toEqual(['failed', 'succeeded']);
  });

  it('drops runs that no longer match', () => {
    expect(ids(mergeHead(list('edcba'), list('eca', 'x')))).toBe('eca');
  });

  it('starts over when more arrived than the beginning holds', () => {
    const merged = mergeHead(list('ba', 'after-a'), list('zyx', 'after-x'));
    expect(ids(merged)).toBe('zyx');
    expect(merged.nextCursor).toBe('after-x');
  });

  it('takes a beginning that is the whole list as the whole list', () => {
    expect(mergeHead(list('cba'), list('b', null))).toEqual(list('b', null));
    expect(mergeHead(list('', null), list('a', null))).toEqual(list('a', null));
  });
});

it('updateKnown changes rows and moves none', () => {
  const updated = updateKnown(list('ba'), { items: [run('c'), run('b', 'failed')], nextCursor: null });
  expect(ids(updated)).toBe('ba');
  expect(updated.items[0]?.state).toBe('failed');
});

it('arrivals are the runs not seen before', () => {
  expect(arrivals(list('cb'), list('edcb'))).toEqual(['e', 'd']);
});

it('appendPage never shows a run twice', () => {
  expect(ids(appendPage(list('dc'), list('cba', null)))).toBe('dcba');
});
