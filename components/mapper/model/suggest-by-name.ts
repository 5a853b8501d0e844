import type { Suggestion } from '#engine/schema/suggest.ts';
import type { SourceNode } from './source-tree.ts';
import type { TargetNode } from './target-tree.ts';

interface Candidate {
  node: SourceNode;
  names: string;
  lists: number;
}

/**
 * Lines between fields whose names agree, however they are written (`first_name`, `firstName`). Obvious are those where the whole
 * path agrees, or the name of a field at the root; where two sources would do equally well, nothing is suggested.
 */
export function suggestByName(source: ReadonlyMap<string, SourceNode>, target: ReadonlyMap<string, TargetNode>): Suggestion[] {
  const byName = new Map<string, Candidate[]>();
  for (const node of source.values()) {
    if (node.children.length > 0 || node.name === '') continue;
    const key = plain(node.name);
    byName.set(key, [...(byName.get(key) ?? []), { node, names: plainPath(node.path), lists: listsIn(node.path) }]);
  }
  return [...target.values()].flatMap((node): Suggestion[] => {
    if (node.children.length > 0 || node.rules.length > 0 || node.loose) return [];
    const names = plainPath(node.path);
    const fitting = (byName.get(plain(node.name)) ?? []).filter(({ lists }) => lists === listsIn(node.path));
    const exact = fitting.filter((candidate) => candidate.names === names);
    const [chosen, other] = exact.length > 0 ? exact : fitting;
    if (chosen === undefined || other !== undefined) return [];
    const typed = chosen.node.type === node.type;
    const obvious = exact.length === 1 && (typed || node.type === 'any' || chosen.node.type === 'any' || node.type === 'text' || node.type === 'number');
    return [
      {
        id: `${chosen.node.path} ${node.path}`,
        target: node.path,
        source: chosen.node.path,
        functions: [],
        score: (exact.length === 1 ? 0.8 : 0.5) + (typed ? 0.2 : 0),
        reasons: typed ? ['name', 'type'] : ['name'],
        obvious,
      },
    ];
  });
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function plainPath(path: string): string {
  return path.split('.').map(plain).join('.');
}

function listsIn(path: string): number {
  return path.split('[]').length - 1;
}
