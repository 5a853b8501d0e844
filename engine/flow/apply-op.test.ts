import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyOp, type FlowOp } from './ops.ts';
import { emptyDocument, type FlowDocument, type FlowNode } from './document.ts';
import { parseJson, stringifyJson } from './json.ts';
import { readFlow } from './read-flow.ts';
import { anyOp } from './testing/flow-arbitrary.ts';

function nodeOf(id: string, kind = 'note'): FlowNode {
  return { id, kind, kindVersion: 1, label: id, position: { x: 0, y: 0 }, config: kind === 'note' ? { text: '' } : {} };
}

function after(doc: FlowDocument, ...ops: FlowOp[]): FlowDocument {
  const result = applyOp(doc, { type: 'batch', ops });
  if (!result.ok) throw new Error(result.reason.code);
  return result.doc;
}

/** Text, so that the order of nodes, edges and keys counts too. */
function textOfDoc(doc: FlowDocument): string {
  return stringifyJson(doc);
}

describe('properties', () => {
  test('an operation and its inverse are the identity, order included; the document given is never changed', () => {
    fc.assert(
      fc.property(fc.array(anyOp, { maxLength: 30 }), (ops) => {
        let doc = emptyDocument();
        for (const op of ops) {
          const before = textOfDoc(doc);
          const result = applyOp(doc, op);
          expect(textOfDoc(doc)).toBe(before);
          if (!result.ok) continue;
          const undone = applyOp(result.doc, result.inverse);
          expect(undone.ok && textOfDoc(undone.doc)).toBe(before);
          const redone = undone.ok ? applyOp(undone.doc, undone.inverse) : undone;
          expect(redone.ok && textOfDoc(redone.doc)).toBe(textOfDoc(result.doc));
          doc = result.doc;
        }
      }),
    );
  });

  test('all inverses, last first, lead back to the beginning', () => {
    fc.assert(
      fc.property(fc.array(anyOp, { maxLength: 40 }), (ops) => {
        let doc = emptyDocument();
        const inverses: FlowOp[] = [];
        for (const op of ops) {
          const result = applyOp(doc, op);
          if (!result.ok) continue;
          doc = result.doc;
          inverses.unshift(result.inverse);
        }
        expect(after(doc, ...inverses)).toEqual(emptyDocument());
      }),
    );
  });

  test('any sequence leaves a document that can be saved and read', () => {
    fc.assert(
      fc.property(fc.array(anyOp, { maxLength: 40 }), (ops) => {
        let doc = emptyDocument();
        for (const op of ops) {
          const result = applyOp(doc, op);
          if (result.ok) doc = result.doc;
        }
        const read = readFlow(parseJson(stringifyJson(doc)));
        expect(read).toEqual({ ok: true, doc });
      }),
    );
  });
});

describe('nodes and edges', () => {
  const doc = after(
    emptyDocument(),
    { type: 'addNode', node: nodeOf('a') },
    { type: 'addNode', node: nodeOf('b') },
    { type: 'addNode', node: nodeOf('c') },
    { type: 'addEdge', edge: { id: 'ab', from: { node: 'a', port: 'out' }, to: { node: 'b', port: 'in' } } },
    { type: 'addEdge', edge: { id: 'ac', from: { node: 'a', port: 'out' }, to: { node: 'c', port: 'in' } } },
    { type: 'addEdge', edge: { id: 'bc', from: { node: 'b', port: 'out' }, to: { node: 'c', port: 'in' } } },
  );

  test('a removed node takes its edges along, and brings them back to their places', () => {
    const result = applyOp(doc, { type: 'removeNode', nodeId: 'b' });
    expect(result.ok && result.doc.edges.map(({ id }) => id)).toEqual(['ac']);
    expect(result.ok && after(result.doc, result.inverse)).toEqual(doc);
  });

  test('a batch is all or nothing', () => {
    const result = applyOp(doc, {
      type: 'batch',
      ops: [
        { type: 'setLabel', nodeId: 'a', label: 'changed' },
        { type: 'removeEdge', edgeId: 'gone' },
      ],
    });
    expect(result).toEqual({ ok: false, reason: { code: 'edge_missing', edgeId: 'gone' } });
  });

  test.each<[FlowOp, string]>([
    [{ type: 'addNode', node: nodeOf('a') }, 'node_exists'],
    [{ type: 'addNode', node: nodeOf('d', 'teleport') }, 'unknown_kind'],
    [{ type: 'addNode', node: { ...nodeOf('d'), kindVersion: 99 } }, 'unknown_kind'],
    [{ type: 'addNode', node: nodeOf('d'), index: 9 }, 'index_out_of_range'],
    [{ type: 'addNode', node: nodeOf('not an id') }, 'invalid'],
    [{ type: 'removeNode', nodeId: 'z' }, 'node_missing'],
    [{ type: 'moveNodes', positions: { a: { x: 1, y: 1 }, z: { x: 1, y: 1 } } }, 'node_missing'],
    [{ type: 'moveNodes', positions: { a: { x: Number.NaN, y: 1 } } }, 'invalid'],
    [{ type: 'addEdge', edge: { id: 'ab', from: { node: 'a', port: 'o' }, to: { node: 'b', port: 'i' } } }, 'edge_exists'],
    [{ type: 'addEdge', edge: { id: 'n', from: { node: 'a', port: 'o' }, to: { node: 'z', port: 'i' } } }, 'end_missing'],
    [{ type: 'setConfig', nodeId: 'z', config: {} }, 'node_missing'],
    [{ type: 'setPolicy', nodeId: 'z', policy: null }, 'node_missing'],
    [{ type: 'setPolicy', nodeId: 'a', policy: { failures: [{ match: 'all of them', class: 'ignore' }] } }, 'invalid'],
    [{ type: 'setPolicy', nodeId: 'a', policy: { failures: [], maxAttempts: 0 } }, 'invalid'],
  ])('refuses %o', (op, code) => {
    const result = applyOp(doc, op);
    expect(result.ok ? 'done' : result.reason.code).toBe(code);
  });
});

describe('groups', () => {
  const group = { id: 'g', label: 'Billing', colour: 'blue', folded: false, nodes: ['a', 'b'] } as const;
  const bare = after(emptyDocument(), { type: 'addNode', node: nodeOf('a') }, { type: 'addNode', node: nodeOf('b') });
  const doc = after(bare, { type: 'addGroup', group: { ...group, nodes: ['a', 'b'] } });

  test('the field is absent before the first and after the last', () => {
    expect('groups' in bare).toBe(false);
    expect(textOfDoc(after(doc, { type: 'removeGroup', groupId: 'g' }))).toBe(textOfDoc(bare));
  });

  test('a removed node leaves its group; the last one takes the group along, and brings it back', () => {
    const one = after(doc, { type: 'removeNode', nodeId: 'a' });
    expect(one.groups?.[0]?.nodes).toEqual(['b']);
    const none = applyOp(one, { type: 'removeNode', nodeId: 'b' });
    expect(none.ok && 'groups' in none.doc).toBe(false);
    expect(none.ok && textOfDoc(after(none.doc, none.inverse))).toBe(textOfDoc(one));
  });

  test.each<[FlowOp, string]>([
    [{ type: 'addGroup', group: { ...group, nodes: ['a'] } }, 'group_exists'],
    [{ type: 'addGroup', group: { ...group, id: 'h', nodes: ['a'] } }, 'grouped_already'],
    [{ type: 'addGroup', group: { ...group, id: 'h', nodes: ['z'] } }, 'node_missing'],
    [{ type: 'addGroup', group: { ...group, id: 'h', nodes: [] } }, 'invalid'],
    [{ type: 'setGroup', group: { ...group, nodes: ['a', 'a'] } }, 'invalid'],
    [{ type: 'setGroup', group: { ...group, id: 'h', nodes: ['a'] } }, 'group_missing'],
    [{ type: 'removeGroup', groupId: 'h' }, 'group_missing'],
  ])('refuses %o', (op, code) => {
    const result = applyOp(doc, op);
    expect(result.ok ? 'done' : result.reason.code).toBe(code);
  });
});
