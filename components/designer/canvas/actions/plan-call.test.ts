import { describe, expect, it } from 'vitest';
import { applyOp } from '#engine/flow/apply-op.ts';
import type { FlowDocument } from '#engine/flow/document.ts';
import { flowOf } from '#engine/flow/testing/flow-builder.ts';
import { planCall } from './plan-call.ts';
import { readCall } from './read-call.ts';

const connections = [
  { id: 'c-all', name: 'Everything', baseUrl: 'https://erp.example' },
  { id: 'c-erp', name: 'Demo ERP', baseUrl: 'https://erp.example/api/' },
];
const labels = { map: 'Map fields', call: 'HTTP request' };
const POST = 'curl -X POST https://erp.example/api/orders -H "Authorization: Bearer s3cret" -H "X-Api-Key: hunter2" -H "Prefer: minimal" -d \'{"sku":"A","lines":[{"qty":1}]}\'';

function pasted(doc: FlowDocument, text: string, after?: string) {
  const call = readCall(text);
  const plan = call === null ? null : planCall(doc, call, { after: doc.nodes.find(({ id }) => id === after), connections, labels });
  const result = plan === null ? null : applyOp(doc, plan.op);
  if (plan === null || result?.ok !== true) throw new Error('nothing was planned');
  const back = applyOp(result.doc, result.inverse);
  return { plan, doc: result.doc, back: back.ok ? back.doc : null };
}

describe('a pasted call', () => {
  it('stands behind a mapping into its example, at the connection whose address it is, without secrets', () => {
    const before = flowOf({ start: { kind: 'webhook-trigger' } }, []);
    const { plan, doc, back } = pasted(before, POST, 'start');
    expect(plan).toMatchObject({ mapped: true, connection: 'Demo ERP', title: 'POST /orders' });
    const [, map, call] = doc.nodes;
    expect(map).toMatchObject({ id: plan.nodeId, kind: 'map', config: { target: { fields: [{ name: 'sku', type: 'text' }, { name: 'lines', type: 'list', fields: [{ name: 'qty', type: 'number' }] }] } } });
    expect(call).toMatchObject({ kind: 'http-request', config: { connectionId: 'c-erp', method: 'POST', url: '/orders', headers: [{ name: 'Prefer', value: 'minimal' }], body: { mode: 'record' } } });
    expect(doc.edges.map(({ from, to }) => [from.node, to.node])).toEqual([['start', map?.id], [map?.id, call?.id]]);
    expect(JSON.stringify(doc)).not.toMatch(/s3cret|hunter2/);
    expect(back).toEqual(before);
  });

  it('gives its example to the mapping it continues from, if that has no target yet', () => {
    const before = flowOf({ start: { kind: 'webhook-trigger' }, shape: { kind: 'map' } }, ['start->shape']);
    const { plan, doc } = pasted(before, POST, 'shape');
    expect(plan).toMatchObject({ mapped: true, nodeId: 'shape' });
    expect(doc.nodes.map(({ kind }) => kind)).toEqual(['webhook-trigger', 'map', 'http-request']);
    expect(doc.nodes[1]?.config['target']).toMatchObject({ name: 'POST /orders' });
  });

  it('goes straight behind batches, and behind a branch at the output that leads nowhere yet', () => {
    const batches = pasted(flowOf({ start: { kind: 'webhook-trigger' }, by: { kind: 'batch' } }, ['start->by']), POST, 'by');
    expect(batches.plan.mapped).toBe(false);
    expect(batches.doc.nodes).toHaveLength(3);
    const branch = pasted(flowOf({ start: { kind: 'webhook-trigger' }, ways: { kind: 'branch' } }, ['start->ways']), POST, 'ways');
    expect(branch.doc.edges.at(1)?.from).toEqual({ node: 'ways', port: 'case_1' });
  });

  it('only reads where nothing is sent, and keeps the whole address where no connection has it', () => {
    const { plan, doc } = pasted(flowOf({ start: { kind: 'schedule-trigger' } }, []), 'curl https://other.example/items?limit=5', 'start');
    expect(plan).toMatchObject({ mapped: false, connection: null });
    expect(doc.nodes[1]?.config).toMatchObject({ method: 'GET', url: 'https://other.example/items?limit=5', connectionId: null });
  });

  it('takes an address for a connection’s only at a boundary', () => {
    expect(pasted(flowOf({ start: { kind: 'schedule-trigger' } }, []), 'curl https://erp.example/apiary', 'start').plan.connection).toBe('Everything');
  });

  it('sends a body that is no record as text', () => {
    const { doc } = pasted(flowOf({ start: { kind: 'schedule-trigger' } }, []), 'curl https://erp.example/api/x -d "a=1"', 'start');
    expect(doc.nodes[1]?.config['body']).toEqual({ mode: 'text', text: 'a=1' });
  });
});
