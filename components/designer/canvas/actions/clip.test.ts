import { describe, expect, it } from 'vitest';
import { applyOp } from '#engine/flow/apply-op.ts';
import { emptyDocument, type FlowDocument } from '#engine/flow/document.ts';
import { flowOf } from '#engine/flow/testing/flow-builder.ts';
import { stringifyJson } from '#engine/flow/json.ts';
import { type Clip, makeClip, readClip, type Surroundings, textOfClip } from './clip.ts';
import { planPaste } from './plan-paste.ts';

const connection = (id: string, name: string, environment = 'test') => ({ id, name, connector: 'http', environment });

const nordlicht: Surroundings = {
  flowId: 'f1',
  retailerId: 'nordlicht',
  connections: [connection('c-erp', 'Demo ERP'), connection('c-shop', 'Demo shop')],
  flows: [{ id: 'fl-1', name: 'Stock' }],
};
const kaffeewerk: Surroundings = {
  flowId: 'f2',
  retailerId: 'kaffeewerk',
  connections: [connection('k-erp', 'demo erp'), connection('k-prod', 'Demo shop', 'production')],
  flows: [{ id: 'kf-9', name: 'Stock' }],
};

const doc: FlowDocument = {
  ...flowOf(
    {
      start: { kind: 'manual-trigger', config: { sampleBody: '{"email":"a@example.com"}' } },
      erp: { kind: 'http-request', config: { connectionId: 'c-erp', headers: [{ name: 'X-Api-Key', value: 'hunter2' }, { name: 'X-Trace', value: '{{id}}' }] } },
      shop: { kind: 'http-request', config: { connectionId: 'c-shop' } },
      undo: { kind: 'compensate', config: { of: 'erp', connectionId: 'c-erp' } },
      call: { kind: 'flow-call', config: { flowId: 'fl-1' } },
    },
    ['start->erp', 'erp->shop'],
  ),
  groups: [{ id: 'g', label: 'Billing', colour: 'blue', folded: false, nodes: ['erp', 'shop'] }],
};

function clipOf(...ids: string[]): Clip {
  const clip = makeClip(doc, ids, nordlicht);
  const read = clip === null ? null : readClip(textOfClip(clip));
  if (read === null) throw new Error('nothing on the clipboard');
  return read;
}

function pasted(target: FlowDocument, clip: Clip, around: Surroundings) {
  const plan = planPaste(target, clip, around);
  const result = applyOp(target, plan.op);
  if (!result.ok) throw new Error(result.reason.code);
  const back = applyOp(result.doc, result.inverse);
  return { plan, doc: result.doc, back: back.ok ? back.doc : null };
}

describe('the clipboard', () => {
  it('carries what lies within the selection, and nothing that was typed as a secret', () => {
    const clip = clipOf('start', 'erp', 'shop');
    expect(clip.edges).toHaveLength(2);
    expect(clip.groups.map(({ label }) => label)).toEqual(['Billing']);
    expect(clip.connections.map(({ name }) => name)).toEqual(['Demo ERP', 'Demo shop']);
    const text = textOfClip(clip);
    expect(text).not.toContain('hunter2');
    expect(text).toContain('{{id}}');
    expect(clipOf('erp').groups).toEqual([]);
  });

  it('reads nothing from other text', () => {
    for (const text of ['', 'hello', '{"nodes":[]}', '{"envelope":{}}', '{"envelope":']) expect(readClip(text)).toBeNull();
  });
});

describe('pasting', () => {
  it('gives new ids, names of their own and the same joins, and one step takes it all back', () => {
    const { plan, doc: after, back } = pasted(doc, clipOf('erp', 'shop'), nordlicht);
    expect(plan.nodeIds).toHaveLength(2);
    const nodes = after.nodes.filter(({ id }) => plan.nodeIds.includes(id));
    expect(nodes.map(({ label }) => label)).toEqual(['erp 2', 'shop 2']);
    expect(nodes.map(({ config }) => config['connectionId'])).toEqual(['c-erp', 'c-shop']);
    expect(after.edges.at(-1)).toMatchObject({ from: { node: plan.nodeIds[0] }, to: { node: plan.nodeIds[1] } });
    expect(after.groups?.at(-1)?.nodes).toEqual(plan.nodeIds);
    expect(stringifyJson(JSON.parse(JSON.stringify(back)))).toBe(stringifyJson(JSON.parse(JSON.stringify(doc))));
  });

  it('joins another retailer’s own connections of the same connector, name and environment; else leaves them empty and says so', () => {
    const { plan, doc: after } = pasted(emptyDocument(), clipOf('start', 'erp', 'shop', 'call'), kaffeewerk);
    const [start, erp, shop, call] = after.nodes;
    expect(erp?.config['connectionId']).toBe('k-erp');
    // One of that name exists, but in production: nobody wants it to be written to by mistake.
    expect(shop?.config['connectionId']).toBeNull();
    expect(call?.config['flowId']).toBe('kf-9');
    expect(plan).toMatchObject({ unbound: ['Demo shop'], rebound: ['demo erp'], lost: [] });
    expect(start?.config['sampleBody']).toBeUndefined();
  });

  it('follows a step that is named by another one', () => {
    const both = pasted(doc, clipOf('erp', 'undo'), nordlicht);
    const undo = both.doc.nodes.find(({ id }) => id === both.plan.nodeIds[1]);
    expect(undo?.config['of']).toBe(both.plan.nodeIds[0]);
    const alone = pasted(doc, clipOf('undo'), nordlicht);
    expect(alone.doc.nodes.at(-1)?.config['of']).toBe('erp');
    const elsewhere = pasted(emptyDocument(), clipOf('undo'), { ...nordlicht, flowId: 'f3' });
    expect(elsewhere.doc.nodes.at(-1)?.config['of']).toBe('');
  });
});
