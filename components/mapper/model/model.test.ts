import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '#engine/flow/json.ts';
import { formatPath, parsePath } from '#engine/flow/path.ts';
import type { Mapping } from '#engine/mapping/mapping-schema.ts';
import { previewMapping } from '#engine/mapping/preview-mapping.ts';
import { collectEvidence } from '#engine/schema/evidence.ts';
import type { FieldType, SchemaDoc } from '#engine/schema/schema-doc.ts';
import { suggestLines } from '#engine/schema/suggest-lines.ts';
import { newListRule, newRule } from '../edit-rules.ts';
import { acceptSuggestions } from './accept.ts';
import { connect } from './connect.ts';
import { removeRuleById, updateRule } from './edit-by-id.ts';
import { flattenTree, type TreeNode } from './field-tree.ts';
import { formulaFields } from './formula-fields.ts';
import { absoluteSource, innerLevel, parentPath, relativeSource, rootLevel } from './levels.ts';
import { linesOf, rowMiddle, visibleLines } from './lines.ts';
import { placeRules } from './place-rules.ts';
import { buildSourceTree } from './source-tree.ts';
import { linesWanted } from './lines-wanted.ts';
import { buildTargetTree, missingRequired } from './target-tree.ts';

const order: Json = {
  id: 7,
  currency: 'EUR',
  customer: { name: 'Anna', tags: ['a'] },
  line_items: [
    { sku: 'A', price: '12.50', tax_lines: [{ rate: 25 }, { rate: 12 }] },
    { sku: 'B', price: '3.00', tax_lines: [{ rate: 6 }] },
  ],
};
const source = buildSourceTree(collectEvidence([order]), null);
const text = (path: string) => ({ path, type: 'text' as FieldType, records: false });
const list = (path: string) => ({ path, type: 'list' as FieldType, records: true });
const schema: SchemaDoc = {
  name: 'order',
  origin: 'json',
  fields: [
    { name: 'number', type: 'text', required: true },
    { name: 'total', type: 'number' },
    { name: 'ship', type: 'object', fields: [{ name: 'city', type: 'text', required: true }] },
    { name: 'lines', type: 'list', required: true, fields: [{ name: 'sku', type: 'text', required: true }, { name: 'taxes', type: 'list', fields: [{ name: 'rate', type: 'number' }] }] },
  ],
};

describe('the trees', () => {
  it('show the fields of records with evidence, lists with the fields of their items', () => {
    const rows = flattenTree(source, { folded: new Set(), query: '' });
    expect(rows.map(({ node, depth }) => `${depth} ${node.path}`)).toEqual([
      '0 id', '0 currency', '0 customer', '1 customer.name', '1 customer.tags', '0 line_items', '1 line_items[].sku', '1 line_items[].price', '1 line_items[].tax_lines', '2 line_items[].tax_lines[].rate',
    ]);
    expect(rows.find(({ node }) => node.path === 'line_items[].sku')?.node.evidence).toMatchObject({ records: 2, filled: 2, distinct: 2 });
  });
  it('fold, and open for a search', () => {
    const folded = new Set(['line_items']);
    expect(flattenTree(source, { folded, query: '' })).toHaveLength(6);
    expect(flattenTree(source, { folded, query: 'rate' }).map(({ node }) => node.path)).toEqual(['line_items', 'line_items[].tax_lines', 'line_items[].tax_lines[].rate']);
  });
  it('put schema fields first, then what rules fill beyond them, then rules without a target', () => {
    const placed = placeRules({ rules: [newRule('id', 'extra.ref'), newRule('id', ''), newRule('id', 'number')] });
    const rows = flattenTree(buildTargetTree(schema, placed), { folded: new Set(), query: '' });
    expect(rows.map(({ node }) => (node.loose ? '?' : node.path))).toEqual(['number', 'total', 'ship', 'ship.city', 'lines', 'lines[].sku', 'lines[].taxes', 'lines[].taxes[].rate', 'extra', 'extra.ref', '?']);
  });
  it('count what is required and not filled, inside optional parts only once those are begun', () => {
    const missing = (mapping: Mapping) => missingRequired(buildTargetTree(schema, placeRules(mapping))).map(({ path }) => path);
    expect(missing({ rules: [] })).toEqual(['number', 'lines']);
    expect(missing({ rules: [newRule('id', 'number'), newRule('x', 'ship.street'), newListRule('line_items', 'lines[]', [])] })).toEqual(['ship.city', 'lines[].sku']);
  });
});

describe('drawing a line', () => {
  it('between two fields of lists pairs the lists on the way, also lists in lists', () => {
    const first = connect({ rules: [] }, { source: text('line_items[].sku'), target: text('lines[].sku') });
    const second = first.ok ? connect(first.mapping, { source: { ...text('line_items[].tax_lines[].rate'), type: 'number' }, target: { ...text('lines[].taxes[].rate'), type: 'number' } }) : first;
    const third = second.ok ? connect(second.mapping, { source: text('currency'), target: text('lines[].currency') }) : second;
    expect(third.ok && previewMapping(third.mapping, order).output).toEqual({
      lines: [
        { sku: 'A', taxes: [{ rate: 25 }, { rate: 12 }], currency: 'EUR' },
        { sku: 'B', taxes: [{ rate: 6 }], currency: 'EUR' },
      ],
    });
  });
  it('flattens a list in a list where the target has one list only', () => {
    const result = connect({ rules: [] }, { source: { ...text('line_items[].tax_lines[].rate'), type: 'number' }, target: { ...text('taxes[].rate'), type: 'number' } });
    expect(result.ok && previewMapping(result.mapping, order).output).toEqual({ taxes: [{ rate: 25 }, { rate: 12 }, { rate: 6 }] });
  });
  it('between two lists makes a pairing, and drawn again moves it', () => {
    const first = connect({ rules: [] }, { source: list('line_items'), target: list('lines') });
    const again = first.ok ? connect(first.mapping, { source: list('other'), target: list('lines') }) : first;
    expect(again.ok && again.mapping.rules).toMatchObject([{ target: 'lines[]', source: { type: 'forEach', path: 'other' } }]);
  });
  it('adds what the types ask for: a sum of many, a number from text', () => {
    const sum = connect({ rules: [] }, { source: text('line_items[].price'), target: { path: 'total', type: 'number', records: false } });
    expect(sum.ok && previewMapping(sum.mapping, order).output).toEqual({ total: 15.5 });
    const one = connect({ rules: [] }, { source: text('id'), target: { path: 'total', type: 'number', records: false } });
    expect(one.ok && one.mapping.rules[0]?.functions).toEqual([{ fn: 'convert.toNumber', args: [] }]);
  });
  it('refuses, with the reason, what has no meaning', () => {
    expect(connect({ rules: [] }, { source: text('id'), target: text('lines[].sku') })).toEqual({ ok: false, reason: 'unpaired' });
    expect(connect({ rules: [] }, { source: text('id'), target: list('lines') })).toEqual({ ok: false, reason: 'shape' });
  });
  it('keeps functions and conditions of a rule that gets another source', () => {
    const rule = { ...newRule('id', 'number'), functions: [{ fn: 'text.upper', args: [] }], when: { match: 'all' as const, rules: [] } };
    const result = connect({ rules: [rule] }, { source: text('currency'), target: text('number') });
    expect(result.ok && result.mapping.rules).toEqual([{ ...rule, source: { type: 'path', path: 'currency' } }]);
  });
});

describe('paths of levels', () => {
  it('go from relative to absolute and back', () => {
    const inner = innerLevel(newListRule('line_items', 'lines[]', []), rootLevel([]));
    if (inner === null) throw new Error('no level');
    for (const path of ['sku', '^.currency', 'tax_lines[].rate', '^.customer.name']) {
      const steps = absoluteSource(inner, path);
      expect(steps === null ? null : relativeSource(inner, steps)).toBe(path);
    }
  });
  it('see key and items where the items are grouped', () => {
    const rule = newListRule('line_items', 'groups[]', []);
    const inner = rule.source.type === 'forEach' ? innerLevel({ ...rule, source: { ...rule.source, groupBy: 'sku' } }, rootLevel([])) : null;
    expect(inner === null ? null : [absoluteSource(inner, 'key'), absoluteSource(inner, 'items[].price')].map((steps) => formatPath(steps ?? []))).toEqual(['line_items[].sku', 'line_items[].price']);
    expect(inner === null ? null : relativeSource(inner, parsePath('line_items[].price') ?? [])).toBe('items[].price');
  });
  it('name the container around a field', () => {
    expect([parentPath('a'), parentPath('a.b'), parentPath('a[].b'), parentPath('a[].b[].c')]).toEqual([null, 'a', 'a', 'a[].b']);
  });
});

describe('fields of a formula', () => {
  it('are its words, without functions, texts and variables', () => {
    expect(formulaFields('$sum(line_items.(price * quantity)) & " total " & $parent.currency')).toEqual(['line_items', 'price', 'quantity', '^.currency']);
    expect(formulaFields('$x := 5; customer.name = "Anna" and paid')).toEqual(['customer.name', 'paid']);
  });
});

describe('lines', () => {
  const mapping: Mapping = { rules: [newRule('customer.name', 'who'), newListRule('line_items', 'lines[]', [newRule('sku', 'sku'), newRule('price', 'price')])] };
  const indexOf = (rows: readonly { node: { path: string } }[]) => new Map(rows.map(({ node }, index) => [node.path, index]));
  const draw = (foldedSource: string[], foldedTarget: string[]) => {
    const placed = placeRules(mapping);
    const left = flattenTree(source, { folded: new Set(foldedSource), query: '' });
    const right = flattenTree(buildTargetTree(null, placed), { folded: new Set(foldedTarget), query: '' });
    const lines = linesOf({ placed, ghosts: [], sourceIndex: indexOf(left), targetIndex: indexOf(right), failed: () => false });
    return lines.map((line) => `${left[line.from]?.node.path} → ${right[line.to]?.node.path}${line.folded ? ` ×${line.count}` : ''}`);
  };
  it('collapse into the nearest container that is visible', () => {
    expect(draw([], [])).toEqual(['customer.name → who', 'line_items → lines', 'line_items[].sku → lines[].sku', 'line_items[].price → lines[].price']);
    expect(draw(['line_items'], ['lines'])).toEqual(['customer.name → who', 'line_items → lines', 'line_items → lines ×2']);
    expect(draw(['customer', 'line_items'], [])).toEqual(['customer → who ×1', 'line_items → lines', 'line_items → lines[].sku ×1', 'line_items → lines[].price ×1']);
  });
  it('are drawn where an end is in view, at the middle of its row, below an open editor too', () => {
    const left = { row: 32, scroll: 0, height: 320, open: null };
    const right = { ...left, scroll: 640, open: { index: 21, extra: 200 } };
    const line = { key: '', ruleId: '', kind: 'value' as const, folded: false, count: 1, failed: false };
    expect(visibleLines([{ ...line, from: 0, to: 21 }, { ...line, from: 100, to: 22 }, { ...line, from: 100, to: 0 }], left, right).map(({ y1, y2 }) => [y1, y2])).toEqual([[16, 48], [3216, 280]]);
  });
  it('stay in order with their rows, whatever the scroll', () => {
    const place = fc.record({ first: fc.nat(3_000), second: fc.nat(3_000), scroll: fc.nat(100_000), open: fc.nat(2_900) });
    const ordered = fc.property(place, ({ first, second, scroll, open }) => {
      const pane = { row: 32, scroll, height: 600, open: { index: open, extra: 180 } };
      expect(first >= second || rowMiddle(first, pane) + 32 <= rowMiddle(second, pane)).toBe(true);
    });
    fc.assert(ordered);
  });
});

describe('suggestions', () => {
  it('join fields whose names agree however they are written, and leave out what is filled or unclear', () => {
    const target: SchemaDoc = { name: 't', origin: 'json', fields: [{ name: 'Currency', type: 'text' }, { name: 'lineItems', type: 'list', fields: [{ name: 'SKU', type: 'text' }, { name: 'rate', type: 'number' }] }, { name: 'id', type: 'number' }] };
    const fields = { source: byPath(source), target: byPath(buildTargetTree(target, placeRules({ rules: [newRule('id', 'id')] }))) };
    const found = suggestLines(linesWanted(fields, target.name));
    expect(found.map((one) => `${one.source} → ${one.target} ${one.obvious}`)).toEqual(['currency → Currency true', 'line_items[].sku → lineItems[].SKU true']);
    const accepted = acceptSuggestions({ rules: [] }, found, fields);
    expect(previewMapping(accepted.mapping, order).output).toEqual({ Currency: 'EUR', lineItems: [{ SKU: 'A' }, { SKU: 'B' }] });
  });
});

describe('rules by id', () => {
  it('change and go wherever they lie, and leave the rest as it is', () => {
    const inner = newRule('sku', 'sku');
    const mapping: Mapping = { rules: [newRule('id', 'number'), newListRule('line_items', 'lines[]', [inner, newRule('price', 'price')])] };
    const changed = updateRule(mapping, inner.id, (rule) => ({ ...rule, target: 'article' }));
    expect(changed.rules[0]).toBe(mapping.rules[0]);
    expect(placeRules(changed).map(({ target }) => target)).toEqual(['number', 'lines', 'lines[].article', 'lines[].price']);
    expect(placeRules(removeRuleById(mapping, inner.id)).map(({ target }) => target)).toEqual(['number', 'lines', 'lines[].price']);
    expect(updateRule(mapping, 'nobody', (rule) => rule)).toBe(mapping);
  });
});

function byPath<N extends TreeNode<N>>(roots: readonly N[]): ReadonlyMap<string, N> {
  return new Map(flattenTree(roots, { folded: new Set(), query: '' }).map(({ node }) => [node.path, node]));
}
