import { describe, expect, test } from 'vitest';
import { isRecord, type Json } from '#engine/flow/json.ts';
import type { Mapping } from '#engine/mapping/mapping-schema.ts';
import { previewMapping } from '#engine/mapping/preview-mapping.ts';
import { checkMeanings } from '#engine/retail/check-meanings.ts';
import { RETAIL_MODEL } from '#engine/retail/retail-model.ts';
import { RETAIL_SCHEMAS } from '#engine/retail/retail-schemas.ts';
import { collectEvidence } from '#engine/schema/evidence.ts';
import { inferSchema } from '#engine/schema/infer-schema.ts';
import { HELD_OUT } from '#engine/schema/testing/held-out/index.ts';
import { suggestLines } from '#engine/schema/suggest-lines.ts';
import type { LabelledPair } from '#engine/schema/testing/labelled-pair.ts';
import { PAIRS } from '#engine/schema/testing/pairs/index.ts';
import { acceptSuggestions } from './accept.ts';
import type { TreeNode } from './field-tree.ts';
import { placeRules } from './place-rules.ts';
import { buildSourceTree } from './source-tree.ts';
import { linesWanted } from './lines-wanted.ts';
import { buildTargetTree } from './target-tree.ts';

const ALL = [...PAIRS, ...HELD_OUT].map((pair): [string, LabelledPair] => [pair.name, pair]);

function byPath<N extends TreeNode<N>>(roots: readonly N[]): Map<string, N> {
  const walk = (nodes: readonly N[]): [string, N][] => nodes.flatMap((node): [string, N][] => [[node.path, node], ...walk(node.children)]);
  return new Map(walk(roots));
}

function treesOf({ name, entity, records }: LabelledPair, mapping: Mapping) {
  const source = buildSourceTree(collectEvidence(records), inferSchema(name, records));
  return { source: byPath(source), target: byPath(buildTargetTree(RETAIL_SCHEMAS[entity], placeRules(mapping))) };
}

/** The mapping that one click on “accept the obvious ones” makes. */
function clicked(pair: LabelledPair): { mapping: Mapping; drawn: number; offered: number } {
  const fields = treesOf(pair, { rules: [] });
  const obvious = suggestLines(linesWanted(fields, pair.entity)).filter((suggestion) => suggestion.obvious);
  const { mapping, count } = acceptSuggestions({ rules: [] }, obvious, fields);
  return { mapping, drawn: count, offered: obvious.length };
}

/** Paths at which something stands that the retail model does not take; what is not there at all is not meant. */
function refused({ entity }: LabelledPair, output: Json): string[] {
  const read = RETAIL_MODEL[entity].schema.safeParse(output);
  return (read.error?.issues ?? []).filter(({ path }) => valueAt(output, path) !== undefined).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

function valueAt(value: Json, path: readonly PropertyKey[]): Json | undefined {
  let at: Json | undefined = value;
  for (const step of path) at = Array.isArray(at) ? at[Number(step)] : isRecord(at) ? at[String(step)] : undefined;
  return at;
}

describe.each(ALL)('one click on the obvious lines of %s', (...[, pair]) => {
  const { mapping, drawn, offered } = clicked(pair);
  test('draws all of them', () => {
    expect(drawn).toBe(offered);
  });
  test('gives values the retail model takes, for every record, without an error in a cell', () => {
    const previews = pair.records.map((record) => previewMapping(mapping, record));
    expect(previews.flatMap(({ errors }) => errors)).toEqual([]);
    expect(previews.flatMap(({ output }) => refused(pair, output))).toEqual([]);
  });
  test('makes none of the classic mistakes', () => {
    const problems = checkMeanings(mapping, inferSchema(pair.name, pair.records), RETAIL_SCHEMAS[pair.entity]);
    // An amount may come before its currency: the currency is not always in the record, and the mapper says so.
    expect(problems.filter(({ code }) => code !== 'meaning_currency_missing')).toEqual([]);
  });
  test('leaves nothing obvious to click again', () => {
    const again = suggestLines(linesWanted(treesOf(pair, mapping), pair.entity)).filter((suggestion) => suggestion.obvious);
    expect(again).toEqual([]);
  });
});
