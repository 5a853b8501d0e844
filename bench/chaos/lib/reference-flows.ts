import type { FlowBuilder } from '#engine/testing/flow-builder.ts';
import { HOOK, post, type FlowWish } from './stage.ts';

export interface ReferenceFlow {
  name: string;
  wish: FlowWish;
  /** Started by the clock, not by a sender. */
  scheduled?: boolean;
}

type Draw = (flow: FlowBuilder, connectionId: string) => FlowBuilder;

const mapping = { rules: [{ id: 'r1', target: 'order', source: { type: 'path', path: 'id' }, functions: [], onMissing: 'fail' }] };
const both = { match: 'all', rules: [{ path: 'key', operator: 'equals', value: 'k0' }] };
const paging = { style: 'page', pageParam: 'page', firstPage: 1, sizeParam: 'size', size: 3, ends: 'empty' };

/** webhook → what is drawn between → POST /orders. */
function between(...steps: [id: string, kind: string, config: Parameters<FlowBuilder['node']>[2]][]): Draw {
  return (flow, connectionId) => {
    flow.node('hook', 'webhook-trigger', HOOK);
    let before = 'hook';
    for (const [id, kind, config] of steps) {
      flow.node(id, kind, config).edge(before, id);
      before = id;
    }
    return flow.node('erp', 'http-request', post(connectionId, '/orders')).edge(before, 'erp');
  };
}

/** A minute ago, as a cron line that will not come again for a year. */
function aMinuteAgo(): string {
  const at = new Date(Date.now() - 60_000);
  return `${at.getUTCMinutes()} ${at.getUTCHours()} ${at.getUTCDate()} ${at.getUTCMonth() + 1} *`;
}

/** The flows of R3: every way in which a run can be in the middle of something. */
export function referenceFlows(): ReferenceFlow[] {
  return [
    { name: 'http', wish: { draw: between() } },
    { name: 'map', wish: { draw: between(['map', 'map', { mapping }]) } },
    { name: 'split', wish: { draw: between(['split', 'split', { path: 'lines' }]) } },
    { name: 'batch', wish: { draw: between(['split', 'split', { path: 'lines' }], ['batch', 'batch', { size: 2 }]) } },
    { name: 'code', wish: { draw: between(['code', 'code', { script: 'return { ...record, seen: true };' }]) } },
    {
      name: 'branch',
      wish: {
        draw: (flow, connectionId) => flow.node('hook', 'webhook-trigger', HOOK).node('branch', 'branch', { cases: [{ id: 'one', label: 'one', rules: both }], otherwise: true })
          .node('erp', 'http-request', post(connectionId, '/orders')).node('other', 'http-request', post(connectionId, '/others'))
          .edge('hook', 'branch').edge('branch.one', 'erp').edge('branch.otherwise', 'other'),
      },
    },
    { name: 'two calls', wish: { draw: (flow, connectionId) => between()(flow, connectionId).node('points', 'http-request', post(connectionId, '/points')).edge('erp', 'points') } },
    { name: 'ordered', wish: { ordered: true, draw: between() } },
    {
      name: 'wait',
      wish: {
        draw: (flow, connectionId) => between()(flow, connectionId).node('wait', 'wait', { mode: 'for', seconds: 1, path: '' })
          .node('points', 'http-request', post(connectionId, '/points')).edge('erp', 'wait').edge('wait', 'points'),
      },
    },
    {
      name: 'compensate',
      wish: {
        draw: (flow, connectionId) => flow.node('hook', 'webhook-trigger', HOOK).node('try', 'try').node('erp', 'http-request', post(connectionId, '/orders'))
          .node('fail', 'raise-exception', { message: 'no', class: 'data' }).node('undo', 'compensate', { of: 'erp', connectionId, method: 'POST', url: '/cancel', body: { mode: 'text', text: '{"cancel":"{{record.id}}"}' } })
          .edge('hook', 'try').edge('try.body', 'erp').edge('erp', 'fail').edge('try.failed', 'undo'),
      },
    },
    {
      name: 'paged',
      wish: {
        draw: (flow, connectionId) => flow.node('hook', 'webhook-trigger', HOOK)
          .node('pages', 'http-pages', { connectionId, url: '/pages', query: [{ name: 'of', value: '8' }, { name: 'run', value: '{{id}}' }], recordsPath: 'records', paging })
          .node('erp', 'http-request', post(connectionId, '/orders')).edge('hook', 'pages').edge('pages', 'erp'),
      },
    },
    {
      name: 'schedule',
      scheduled: true,
      wish: {
        draw: (flow, connectionId) => flow.node('tick', 'schedule-trigger', { cron: aMinuteAgo(), timeZone: 'UTC', missed: 'once' })
          .node('erp', 'http-request', post(connectionId, '/orders')).edge('tick', 'erp'),
      },
    },
  ];
}
