import type { Mapping } from '#engine/mapping/mapping-schema.ts';
import type { Suggestion } from '#engine/schema/suggest.ts';
import { connect } from './connect.ts';
import type { SourceNode } from './source-tree.ts';
import type { TargetNode } from './target-tree.ts';

interface Fields {
  source: ReadonlyMap<string, SourceNode>;
  target: ReadonlyMap<string, TargetNode>;
}

/** Draws suggested lines, with the pairings they need first. What cannot be drawn is left out. */
export function acceptSuggestions(mapping: Mapping, suggestions: readonly Suggestion[], fields: Fields): { mapping: Mapping; count: number } {
  let current = mapping;
  let count = 0;
  const draw = (source: string, target: string, functions?: Suggestion['functions']): boolean => {
    const from = fields.source.get(source);
    const to = fields.target.get(target);
    if (from === undefined || to === undefined) return false;
    const result = connect(current, {
      source: { path: source, type: from.type, records: from.records },
      target: { path: target, type: to.type, records: to.type === 'list' && to.children.length > 0 },
      // A suggestion without functions gets those that the types ask for.
      ...(functions === undefined || functions.length === 0 ? {} : { functions }),
    });
    if (result.ok) current = result.mapping;
    return result.ok;
  };
  const paired = new Set<string>();
  for (const { source, target, parent, functions } of suggestions) {
    if (parent !== undefined && !paired.has(parent.target)) {
      paired.add(parent.target);
      draw(parent.source, parent.target);
    }
    if (draw(source, target, functions)) count += 1;
  }
  return { mapping: current, count };
}
