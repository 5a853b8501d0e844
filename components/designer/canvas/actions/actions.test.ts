import { describe, expect, it } from 'vitest';
import type { FlowDocument, FlowNode } from '#engine/flow/document.ts';
import { flowOf } from '#engine/flow/testing/flow-builder.ts';
import { newNode } from '../../new-node.ts';
import { createDesignerStore } from '../../store.ts';
import { frameOf, boxOf } from '../boxes.ts';
import { layOut } from '../layout.ts';
import { align, distribute } from './arrange.ts';
import { duplicate } from './clipboard.ts';
import { findInFlow } from './find.ts';
import { bringToSight, changeGroup, group, selectedGroup, ungroup } from './group.ts';
import { insertOnEdge, planInsertOnEdge } from './insert-on-edge.ts';
import { nextPort, planQuickAdd } from './quick-add.ts';
import { tidy } from './tidy.ts';

const chain = (): FlowDocument =>
  flowOf({ start: { kind: 'manual-trigger' }, a: { kind: 'filter' }, b: { kind: 'map' }, c: { kind: 'http-request', config: { url: 'https://erp.example/orders' } } }, [
    'start->a',
    'a.kept->b',
    'b->c',
  ]);

function storeOf(doc: FlowDocument, selectedNodes: string[] = []) {
  return createDesignerStore({ flowId: 'f', retailerId: 'r', readOnly: false, doc, revision: 1, savedAt: null, endpoints: [], selectedNodes }, () => 0);
}

function fresh(doc: FlowDocument, kind: string): FlowNode {
  const node = newNode(doc, kind, kind);
  if (node === undefined) throw new Error(kind);
  return node;
}

const layOutHere = (input: Parameters<typeof layOut>[0]) => Promise.resolve(layOut(input));

describe('inserting on an edge', () => {
  it('joins both ends, makes room, and is one step of undo', () => {
    const store = storeOf(chain());
    const before = store.getState().doc;
    const node = fresh(before, 'filter');
    expect(insertOnEdge(store, 'e1', { node })).toBe(true);
    const { doc, selectedNodes } = store.getState();
    expect(selectedNodes).toEqual([node.id]);
    expect(doc.edges.filter(({ from, to }) => from.node === node.id || to.node === node.id).map(({ from, to }) => `${from.node}>${to.node}`)).toEqual([`a>${node.id}`, `${node.id}>b`]);
    const x = (id: string) => doc.nodes.find((one) => one.id === id)?.position.x ?? 0;
    expect(x(node.id)).toBeGreaterThanOrEqual(x('a') + 240);
    expect(x('b')).toBeGreaterThanOrEqual(x(node.id) + 240);
    expect(x('c')).toBeGreaterThan(x('b'));
    store.getState().undo();
    expect(store.getState().doc).toEqual(before);
  });

  it('refuses what has no input, and puts a node between two of a group into that group', () => {
    const doc = chain();
    expect(planInsertOnEdge(doc, 'e1', { node: fresh(doc, 'manual-trigger') })).toBeNull();
    expect(planInsertOnEdge(doc, 'e1', { node: fresh(doc, 'note') })).toBeNull();
    const store = storeOf(doc, ['a', 'b']);
    group(store, 'G');
    const node = fresh(doc, 'filter');
    insertOnEdge(store, 'e1', { node });
    expect(store.getState().doc.groups?.[0]?.nodes).toEqual(['a', 'b', node.id]);
  });
});

describe('quick add', () => {
  it('continues from the first output that leads nowhere yet', () => {
    const open = flowOf({ start: { kind: 'manual-trigger' }, once: { kind: 'dedupe' } }, ['start->once']);
    const [, once = fresh(open, 'note')] = open.nodes;
    const [first, second] = ['out', 'duplicate'];
    expect(nextPort(open, once)).toEqual({ node: 'once', port: first });
    const used = flowOf({ start: { kind: 'manual-trigger' }, once: { kind: 'dedupe' }, map: { kind: 'map' } }, ['start->once', `once.${first}->map`]);
    expect(nextPort(used, once)).toEqual({ node: 'once', port: second });
    const full = flowOf({ start: { kind: 'manual-trigger' }, once: { kind: 'dedupe' }, map: { kind: 'map' } }, [`once.${first}->map`, `once.${second}->map`]);
    expect(nextPort(full, once)).toEqual({ node: 'once', port: first });
  });

  it('gives no plan for kinds that do not fit', () => {
    const doc = chain();
    expect(planQuickAdd(doc, fresh(doc, 'manual-trigger'), { screen: { x: 0, y: 0 }, from: { node: 'c', port: 'out' } })).toBeNull();
    expect(planQuickAdd(doc, fresh(doc, 'map'), { screen: { x: 0, y: 0 }, at: { x: 0, y: 0 }, to: { node: 'a', port: 'in' } })?.type).toBe('batch');
  });
});

describe('groups', () => {
  it('are made of the selection, taken out of others, and found by the selection', () => {
    const store = storeOf(chain(), ['a', 'b']);
    const first = group(store, 'One');
    store.getState().select(['b', 'c']);
    group(store, 'Two');
    const { doc } = store.getState();
    expect(doc.groups?.map(({ label, nodes }) => [label, nodes])).toEqual([
      ['One', ['a']],
      ['Two', ['b', 'c']],
    ]);
    expect(selectedGroup(doc, ['c', 'b'])?.label).toBe('Two');
    changeGroup(store, first ?? '', { folded: true });
    expect(bringToSight(store, 'a')).toBe(true);
    expect(bringToSight(store, 'a')).toBe(false);
    store.getState().select(['a', 'b', 'c']);
    expect(ungroup(store)).toBe(true);
    expect(store.getState().doc.groups).toBeUndefined();
  });
});

describe('order', () => {
  it('aligns and spreads the selection', () => {
    const store = storeOf(chain(), ['a', 'b', 'c']);
    store.getState().apply({ type: 'moveNodes', positions: { a: { x: 0, y: 0 }, b: { x: 300, y: 55 }, c: { x: 1_000, y: 130 } } });
    align(store, 'top');
    distribute(store, 'across');
    const place = (id: string) => store.getState().doc.nodes.find((node) => node.id === id)?.position;
    expect([place('a'), place('b'), place('c')]).toEqual([
      { x: 0, y: 0 },
      { x: 500, y: 0 },
      { x: 1_000, y: 0 },
    ]);
  });

  it('lays out from left to right in one step, without overlaps, and keeps a group as it was placed', async () => {
    const doc = chain();
    const store = storeOf(doc);
    store.getState().apply({ type: 'moveNodes', positions: { start: { x: 0, y: 0 }, a: { x: 40, y: 20 }, b: { x: 20, y: 200 }, c: { x: 300, y: 260 } } });
    store.getState().select(['b', 'c']);
    group(store, 'Hand-placed');
    store.getState().select([]);
    const before = store.getState().doc;
    await tidy(store, layOutHere);
    const after = store.getState().doc;
    const node = (id: string) => after.nodes.find((one) => one.id === id) ?? fresh(after, 'note');
    expect(node('c').position.x - node('b').position.x).toBe(280);
    expect(node('c').position.y - node('b').position.y).toBe(60);
    expect(node('a').position.x).toBeGreaterThanOrEqual(node('start').position.x + 240);
    const frame = after.groups?.[0] === undefined ? null : frameOf(after.groups[0], [boxOf(node('b')), boxOf(node('c'))]);
    expect(frame?.x).toBeGreaterThanOrEqual(node('a').position.x + 240);
    store.getState().undo();
    expect(store.getState().doc).toEqual(before);
  });

  it('leaves a flow alone that was edited while it was laid out', async () => {
    const store = storeOf(chain());
    const count = await tidy(store, async (input) => {
      store.getState().apply({ type: 'setLabel', nodeId: 'a', label: 'edited' });
      return layOut(input);
    });
    expect(count).toBeNull();
    expect(store.getState().canvas.tidying).toBe(false);
  });
});

describe('the rest', () => {
  it('duplicates the selection with its joins', () => {
    const store = storeOf(chain(), ['a', 'b']);
    expect(duplicate(store)).toBe(true);
    expect(store.getState().doc.nodes).toHaveLength(6);
    expect(store.getState().doc.edges).toHaveLength(4);
    expect(store.getState().selectedNodes).toHaveLength(2);
  });

  it('finds by name, kind and settings, names first', () => {
    const hits = (search: string) => findInFlow(chain(), search, { kindLabel: ({ kind }) => kind }).map(({ nodeId, excerpt }) => [nodeId, excerpt]);
    expect(hits('FILTER')).toEqual([['a', null]]);
    expect(hits('erp.example orders')).toEqual([['c', 'https://erp.example/orders']]);
    expect(hits('http c')).toEqual([['c', null]]);
    expect(hits('nothing like it')).toEqual([]);
  });
});
