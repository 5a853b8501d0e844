'use client';

import { useDeferredValue, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Json } from '#engine/flow/json.ts';
import type { MappingPreview } from '#engine/mapping/preview-mapping.ts';
import { collectEvidence, type FieldEvidence } from '#engine/schema/evidence.ts';
import type { SchemaDoc } from '#engine/schema/schema-doc.ts';
import { flattenTree, type TreeNode, type TreeRow } from '../model/field-tree.ts';
import { linesOf } from '../model/lines.ts';
import type { PlacedRule } from '../model/place-rules.ts';
import { buildSourceTree } from '../model/source-tree.ts';
import { buildTargetTree, missingRequired } from '../model/target-tree.ts';
import type { RoomViewStore } from './room-view.ts';
import { useSuggestions } from './use-suggestions.ts';

interface TreesInput {
  evidence: readonly FieldEvidence[];
  sample: Json | undefined;
  arriving: SchemaDoc | null;
  schema: SchemaDoc | null;
  placed: readonly PlacedRule[];
  preview: MappingPreview | null;
}

/** Both trees, what of them is visible, and the lines between: each recomputed only when what it is made of changed. */
export function useTrees(view: RoomViewStore, { evidence, sample, arriving, schema, placed, preview }: TreesInput) {
  const foldedSource = useStore(view, (state) => state.folded.source);
  const foldedTarget = useStore(view, (state) => state.folded.target);
  const querySource = useStore(view, (state) => state.query.source);
  const queryTarget = useStore(view, (state) => state.query.target);
  const open = useStore(view, (state) => state.open);
  // Until many events have been looked at, the one at hand says which fields there are.
  const known = useMemo(() => (evidence.length > 0 || sample === undefined ? evidence : collectEvidence([sample])), [evidence, sample]);
  const sourceRoots = useMemo(() => buildSourceTree(known, arriving), [known, arriving]);
  const sourceFields = useMemo(() => byPath(sourceRoots), [sourceRoots]);
  const sourceRows = useMemo(() => flattenTree(sourceRoots, { folded: foldedSource, query: querySource }), [sourceRoots, foldedSource, querySource]);
  const sourceIndex = useMemo(() => indexRows(sourceRows), [sourceRows]);
  const targetRoots = useMemo(() => buildTargetTree(schema, placed), [schema, placed]);
  const targetFields = useMemo(() => byPath(targetRoots), [targetRoots]);
  const targetRows = useMemo(() => flattenTree(targetRoots, { folded: foldedTarget, query: queryTarget }), [targetRoots, foldedTarget, queryTarget]);
  const targetIndex = useMemo(() => indexRows(targetRows), [targetRows]);
  const openIndex = open === null ? -1 : (targetIndex.get(open) ?? -1);
  const missing = useMemo(() => missingRequired(targetRoots).map(({ path }) => path), [targetRoots]);
  const missingSet = useMemo(() => new Set(missing), [missing]);
  const used = useMemo(() => new Set(placed.flatMap(({ sources }) => sources.map(({ path }) => path))), [placed]);
  const filled = useMemo(() => new Set(placed.flatMap(({ target }) => (target === null ? [] : [target]))).size, [placed]);
  const fields = useMemo(() => ({ source: sourceFields, target: targetFields }), [sourceFields, targetFields]);
  const { found: suggestions, thinking } = useSuggestions(fields, schema?.name ?? null);
  const fresh = useMemo(() => suggestions.filter(({ source, target }) => sourceFields.has(source) && targetFields.get(target)?.rules.length === 0), [suggestions, sourceFields, targetFields]);
  const suggestionOf = useMemo(() => new Map(fresh.map((suggestion) => [suggestion.target, suggestion])), [fresh]);
  const obvious = useMemo(() => fresh.filter((suggestion) => suggestion.obvious), [fresh]);
  const failing = useMemo(() => new Set((preview?.errors ?? []).map(({ ruleId }) => ruleId)), [preview]);
  // Lines follow a moment later: what is typed and its result come first.
  const drawn = useDeferredValue(placed);
  const lines = useMemo(() => linesOf({ placed: drawn, ghosts: obvious, sourceIndex, targetIndex, failed: (id) => failing.has(id) }), [drawn, obvious, sourceIndex, targetIndex, failing]);
  return { sourceRoots, sourceRows, sourceIndex, targetRows, targetIndex, openIndex, missing, missingSet, used, filled, suggestionOf, obvious, thinking, lines, fields };
}

function byPath<N extends TreeNode<N>>(roots: readonly N[]): ReadonlyMap<string, N> {
  const found = new Map<string, N>();
  const walk = (nodes: readonly N[]): void => {
    for (const node of nodes) {
      found.set(node.path, node);
      walk(node.children);
    }
  };
  walk(roots);
  return found;
}

function indexRows<N>(rows: readonly TreeRow<N>[]): ReadonlyMap<string, number> {
  return new Map(rows.map(({ key }, index) => [key, index]));
}
