import type { Suggestion } from '#engine/schema/suggest.ts';
import { suggestLines } from '#engine/schema/suggest-lines.ts';
import type { PlacedRule } from './place-rules.ts';
import type { SourceNode } from './source-tree.ts';
import type { TargetNode } from './target-tree.ts';

interface Trees {
  source: ReadonlyMap<string, SourceNode>;
  target: ReadonlyMap<string, TargetNode>;
}

/** Lines for the targets no rule fills yet, within the pairings that are drawn. `entity` is the name of the schema to fill. */
export function suggestFor({ source, target }: Trees, entity: string): Suggestion[] {
  const nodes = [...target.values()].filter(({ loose }) => !loose);
  const paired = new Map<string, string>();
  for (const { path, rules } of nodes) {
    const list = rules.flatMap(({ sources }) => sources).find(({ role }) => role === 'list');
    if (list !== undefined) paired.set(path, list.path);
  }
  const filled = new Map(nodes.filter(({ rules }) => rules.length > 0).map(({ path, rules }) => [path, fieldOf(rules)]));
  return suggestLines({ source: source.values(), target: nodes, entity, filled, paired });
}

function fieldOf(rules: readonly PlacedRule[]): string | null {
  return rules[0]?.sources.find(({ role }) => role === 'value')?.path ?? null;
}
