import fc from 'fast-check';
import type { Json } from '../../flow/json.ts';
import { MAPPING_FUNCTIONS, arityOf, mappingFunctionIds, findMappingFunction } from '../functions.ts';
import type { Mapping, MappingArgument, MappingFunction, MappingRule, MappingSource, OnMissing } from '../mapping-schema.ts';
import { OPERATORS, type RuleSet } from '../rule-set.ts';

const key = fc.constantFrom('a', 'b', 'c', 'list', 'length', 'map');
const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.integer({ min: -999, max: 999 }),
  fc.constantFrom('', 'x', '12.50', '2026-03-14', 'yes', 'Größe', 12.5, 820982911946154508n),
  fc.boolean(),
  fc.constant(null),
);
const { value: data } = fc.letrec<{ value: Json; object: Json; list: Json }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, tie('object'), tie('list')),
  object: fc.dictionary(key, tie('value'), { maxKeys: 5 }),
  list: fc.array(fc.oneof(tie('object'), scalar), { maxLength: 4 }),
}));

/** Records small enough that paths often meet something, and often do not. */
export const anyRecord: fc.Arbitrary<Json> = data;

const dataPath = fc
  .tuple(fc.constantFrom('', '^.'), fc.array(key, { minLength: 1, maxLength: 3 }), fc.constantFrom('', '[0]', '[].a', '[]'))
  .map(([up, keys, tail]) => up + keys.join('.') + tail);
const targetPath = fc.array(key, { minLength: 1, maxLength: 2 }).map((keys) => keys.join('.'));

const argument: fc.Arbitrary<MappingArgument> = fc.oneof(
  fc.constantFrom<Json>('x', ',', 1, 2, '3.50', 'DD.MM.YYYY', 'all'),
  dataPath.map((path) => ({ path })),
  targetPath.map((target) => ({ target })),
);

const call: fc.Arbitrary<MappingFunction> = fc.constantFrom(...mappingFunctionIds).chain((fn) => {
  const spec = findMappingFunction(fn) ?? MAPPING_FUNCTIONS['text.upper'];
  const { min, max } = arityOf(spec);
  return fc.array(argument, { minLength: min, maxLength: Math.min(max, 3) }).map((args) => ({ fn, args }));
});

const onMissing: fc.Arbitrary<OnMissing> = fc.oneof(
  fc.constantFrom<OnMissing>('skip', 'skip', 'null', 'fail'),
  scalar.map((value) => ({ default: value })),
);

const when: fc.Arbitrary<RuleSet> = fc.record({
  match: fc.constantFrom('all', 'any'),
  rules: fc.array(fc.record({ path: targetPath, operator: fc.constantFrom(...OPERATORS), value: scalar }), { maxLength: 2 }),
});

function rule(source: fc.Arbitrary<MappingSource>): fc.Arbitrary<MappingRule> {
  return fc
    .record(
      { id: fc.uuid(), target: targetPath, source, functions: fc.array(call, { maxLength: 2 }), onMissing, when },
      { requiredKeys: ['id', 'target', 'source', 'functions', 'onMissing'] },
    )
    .map((made) => (made.source.type === 'forEach' ? { ...made, target: `${made.target}[]` } : made));
}

const EXPRESSIONS = [
  'a',
  'a.b',
  '$string(a)',
  '$count(list)',
  'list[0].a',
  'list[a = 1]',
  'a + b',
  'a & "-" & b',
  '$parent.a',
  '$parent.list.a',
  '$root.c',
  '$index',
  '$sum(list.a)',
  '$sort($keys($))',
  'list{a: $count(b)}',
  'a > 3 ? "big" : "small"',
  '$uppercase(c)',
  '$split(c, "")',
  '$ ~> |list|{"a": 1}|',
  '$number(a)',
  '$map(list, function($v, $i) { $i })',
  '[1..3]',
  '(',
  'function($x) { $x }',
  '$error("stop")',
  '$exists(a)',
  'null',
  '$merge(list)',
  '$round(a, 2)',
];

/** Tables that lookups ask; a fourth one they ask is not there. */
export const TABLES = {
  countries: [
    { key: 'de', value: 'DE' },
    { key: 'se', value: 'SE' },
    { key: 'x', value: { name: 'X', n: 820982911946154508n } },
  ],
  sites: [
    { key: 'a', value: { name: 'Aarhus' } },
    { key: 'b', value: { name: 'Berlin' } },
    { key: '12.5', value: { name: null } },
  ],
} satisfies Record<string, Json>;

const asking = fc.oneof<fc.Arbitrary<MappingSource>[]>(
  fc.constantFrom(...EXPRESSIONS).map((expression) => ({ type: 'formula', expression })),
  fc.record<Extract<MappingSource, { type: 'lookup' }>>({
    type: fc.constant('lookup'),
    table: fc.constantFrom('countries', 'countries', 'sites', 'sites', 'gone'),
    key: dataPath,
    field: fc.constantFrom('', 'name', 'n'),
    onMiss: onMissing,
  }),
);

const order = fc.option(fc.array(fc.record({ path: dataPath, direction: fc.constantFrom('up' as const, 'down' as const) }), { maxLength: 2 }), { nil: undefined });

function rules(depth: number, asks = false): fc.Arbitrary<MappingRule[]> {
  const plain = fc.oneof<fc.Arbitrary<MappingSource>[]>(
    dataPath.map((path) => ({ type: 'path', path })),
    targetPath.map((path) => ({ type: 'target', path })),
    scalar.map((value) => ({ type: 'constant', value })),
    fc.constant({ type: 'index' }),
  );
  const simple = asks ? fc.oneof(plain, asking) : plain;
  if (depth === 0) return fc.array(rule(simple), { maxLength: 5 });
  const nested = fc.record({
    type: fc.constant('forEach' as const),
    path: fc.constantFrom('list', 'a.list', 'b', '^.list', '', 'items'),
    rules: rules(depth - 1, asks),
    filter: fc.option(when, { nil: undefined }),
    sort: order,
    groupBy: fc.option(dataPath, { nil: undefined, freq: 3 }),
  }).map(({ filter, sort, groupBy, ...rest }) => ({ ...rest, ...(filter && { filter }), ...(sort && { sort }), ...(groupBy !== undefined && { groupBy }) }));
  return fc.array(rule(fc.oneof({ weight: 4, arbitrary: simple }, { weight: 1, arbitrary: nested })), { maxLength: 6 });
}

/** Mappings that use every function and kind of source; most contain rules that fail on some records. */
export const anyMapping: fc.Arbitrary<Mapping> = rules(2).map((made) => ({ rules: made }));

/** The same with formulas and lookups. */
export const anyAskingMapping: fc.Arbitrary<Mapping> = rules(2, true).map((made) => ({ rules: made }));
