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

function rules(depth: number): fc.Arbitrary<MappingRule[]> {
  const simple = fc.oneof<fc.Arbitrary<MappingSource>[]>(
    dataPath.map((path) => ({ type: 'path', path })),
    targetPath.map((path) => ({ type: 'target', path })),
    scalar.map((value) => ({ type: 'constant', value })),
    fc.constant({ type: 'index' }),
  );
  if (depth === 0) return fc.array(rule(simple), { maxLength: 5 });
  const nested = fc.record({
    type: fc.constant('forEach' as const),
    path: fc.constantFrom('list', 'a.list', 'b', '^.list', ''),
    rules: rules(depth - 1),
  });
  return fc.array(rule(fc.oneof({ weight: 4, arbitrary: simple }, { weight: 1, arbitrary: nested })), { maxLength: 6 });
}

/** Mappings that use every function and kind of source; most contain rules that fail on some records. */
export const anyMapping: fc.Arbitrary<Mapping> = rules(2).map((made) => ({ rules: made }));
