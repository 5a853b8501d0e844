import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKinds } from '../nodes/registry.ts';
import { compileFlow, FlowCompileError } from './compile.ts';
import { canConnect } from './edge-rules.ts';
import { formFields } from './form-fields.ts';
import { hashFlow } from './hash.ts';
import { flowOf } from './testing/flow-builder.ts';

const CODE = { kind: 'code' };
const START = { kind: 'manual-trigger' };

describe('compiling', () => {
  const doc = flowOf({ c: CODE, b: CODE, t: START, n: { kind: 'note' }, x: CODE }, ['t -> b', 'b -> c', 't -> c', 't.gone -> x']);

  test('steps come after all they depend on, with both sides of their edges', () => {
    const plan = compileFlow(doc);
    expect(plan.triggers).toEqual(['t']);
    expect(plan.steps.map(({ nodeId }) => nodeId)).toEqual(['t', 'b', 'x', 'c']);
    const [trigger, middle, lonely, last] = plan.steps;
    expect(trigger?.consumers).toEqual([
      { port: 'out', to: { node: 'b', port: 'in' } },
      { port: 'out', to: { node: 'c', port: 'in' } },
    ]);
    expect(last?.inputs).toEqual([
      { port: 'in', from: { node: 'b', port: 'out' } },
      { port: 'in', from: { node: 't', port: 'out' } },
    ]);
    expect(middle?.outputs).toEqual(['out']);
    expect(lonely?.inputs).toEqual([]);
  });

  test('every edge leads forward in any acyclic graph', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 20 }), (pairs) => {
        const nodes = Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`n${(at * 5) % 8}`, CODE]));
        const edges = pairs.filter(([a, b]) => a !== b).map(([a, b]) => `n${Math.min(a, b)} -> n${Math.max(a, b)}`);
        const order = compileFlow(flowOf(nodes, edges)).steps.map(({ nodeId }) => nodeId);
        expect(order.toSorted()).toEqual(Object.keys(nodes).sort());
        for (const edge of edges) {
          const [from = '', to = ''] = edge.split(' -> ');
          expect(order.indexOf(from)).toBeLessThan(order.indexOf(to));
        }
      }),
    );
  });

  test('a cycle and an unreadable configuration are refused', () => {
    const cycle = flowOf({ a: CODE, b: CODE }, ['a -> b', 'b -> a']);
    expect(() => compileFlow(cycle)).toThrow(FlowCompileError);
    expect(() => compileFlow(flowOf({ a: { kind: 'batch', config: { size: 'many' } } }))).toThrow('config_invalid at node a');
  });
});

describe('edges', () => {
  const doc = flowOf({ t: START, a: CODE, b: CODE, batch: { kind: 'batch' }, f: { kind: 'filter' } }, ['t -> a', 'a -> b']);
  const end = (text: string) => {
    const [node = '', port = ''] = text.split('.');
    return { node, port };
  };

  test.each([
    ['t.out', 'b.in', 'ok'],
    ['a.out', 'b.in', 'duplicate_edge'],
    ['b.out', 'a.in', 'cycle'],
    ['a.out', 'a.in', 'same_node'],
    ['a.nope', 'b.in', 'unknown_port'],
    ['a.out', 't.in', 'unknown_port'],
    ['a.out', 'gone.in', 'node_missing'],
    ['batch.out', 'f.in', 'type_mismatch'],
    ['batch.out', 'a.in', 'ok'],
  ])('%s to %s: %s', (from, to, expected) => {
    const result = canConnect(doc, end(from), end(to));
    expect(result.ok ? 'ok' : result.reason).toBe(expected);
  });
});

describe('hash', () => {
  test('ignores the order of keys, notices everything else', async () => {
    const doc = flowOf({ a: { kind: 'note', config: { text: 'x' } } });
    const [node] = doc.nodes;
    const reordered = { settings: doc.settings, edges: doc.edges, nodes: doc.nodes, schemaVersion: doc.schemaVersion };
    expect(await hashFlow(reordered)).toBe(await hashFlow(doc));
    expect(await hashFlow(doc)).toMatch(/^[0-9a-f]{64}$/);
    const moved = { ...doc, nodes: node === undefined ? [] : [{ ...node, position: { x: 1, y: 0 } }] };
    expect(await hashFlow(moved)).not.toBe(await hashFlow(doc));
  });

  test('tells 18-digit ids apart that a double would not', async () => {
    const withId = (id: bigint) => flowOf({ a: { kind: 'note', config: { text: 'x', id } } });
    expect(await hashFlow(withId(820982911946154508n))).not.toBe(await hashFlow(withId(820982911946154509n)));
  });
});

describe('forms', () => {
  test('every field of every node kind says how it is shown', () => {
    for (const kind of nodeKinds) {
      const names = formFields(kind.config).map(({ name }) => name);
      const hidden = Object.keys(Object(kind.initial())).filter((name) => !names.includes(name));
      expect({ kind: kind.kind, hidden }).toEqual({ kind: kind.kind, hidden: [] });
    }
  });

  test('selects know their options, groups their fields', () => {
    const http = nodeKinds.find(({ kind }) => kind === 'http-request');
    const fields = http === undefined ? [] : formFields(http.config);
    expect(fields.find(({ name }) => name === 'method')?.options).toEqual(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']);
    expect(fields.find(({ name }) => name === 'answer')?.fields.map(({ name }) => name)).toEqual(['mode', 'field']);
  });
});
