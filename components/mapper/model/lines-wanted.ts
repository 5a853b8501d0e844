import type { SuggestInput } from '#engine/schema/suggest-lines.ts';
import type { SuggestField } from '#engine/schema/suggest/suggest-field.ts';
import type { PlacedRule } from './place-rules.ts';
import type { SourceNode } from './source-tree.ts';
import type { TargetNode } from './target-tree.ts';

interface Trees {
  source: ReadonlyMap<string, SourceNode>;
  target: ReadonlyMap<string, TargetNode>;
}

/** What lines are to be suggested for: the targets no rule fills yet, within the pairings that are drawn. Plain data, as it goes to a worker. `entity` is the name of the schema to fill. */
export function linesWanted({ source, target }: Trees, entity: string): SuggestInput {
  const nodes = [...target.values()].filter(({ loose }) => !loose);
  const paired = new Map<string, string>();
  for (const { path, rules } of nodes) {
    const list = rules.flatMap(({ sources }) => sources).find(({ role }) => role === 'list');
    if (list !== undefined) paired.set(path, list.path);
  }
  const filled = new Map(nodes.filter(({ rules }) => rules.length > 0).map(({ path, rules }) => [path, fieldOf(rules)]));
  return { source: [...source.values()].map(plain), target: nodes.map(plain), entity, filled, paired };
}

/** Without the rules and the tree around it. */
function plain({ path, name, type, field, evidence, children }: SuggestField): SuggestField {
  return { path, name, type, field, evidence, children: children.slice(0, 1).map(() => null) };
}

function fieldOf(rules: readonly PlacedRule[]): string | null {
  return rules[0]?.sources.find(({ role }) => role === 'value')?.path ?? null;
}
