import type { Problem } from '../flow/problem.ts';
import { parsePath } from '../flow/path.ts';
import { compileTemplate } from '../flow/template.ts';
import type { NodeCheckScope } from './node-kind.ts';

type Detail = Pick<Problem, 'field' | 'params'>;

/** A problem that stops publishing. */
export function errorIn(scope: NodeCheckScope, code: Problem['code'], detail: Detail = {}): Problem {
  return { code, severity: 'error', nodeId: scope.node.id, ...detail };
}

/** A problem that is only said. */
export function warningIn(scope: NodeCheckScope, code: Problem['code'], detail: Detail = {}): Problem {
  return { code, severity: 'warning', nodeId: scope.node.id, ...detail };
}

/** The connection must still exist. Gives the problems of a connection that was chosen; none for null, and none while nobody knows which there are. */
export function checkConnection(scope: NodeCheckScope, connectionId: string | null): Problem[] {
  if (connectionId === null || scope.connections === undefined || scope.connections.some(({ id }) => id === connectionId)) return [];
  return [errorIn(scope, 'connection_unknown', { field: 'connectionId' })];
}

/** A path that must be given and readable. */
export function checkPath(scope: NodeCheckScope, field: string, path: string): Problem[] {
  if (path.trim() === '') return [errorIn(scope, 'path_empty', { field })];
  return parsePath(path) === null ? [errorIn(scope, 'path_invalid', { field, params: { path } })] : [];
}

export function checkTemplate(scope: NodeCheckScope, field: string, text: string): Problem[] {
  const result = compileTemplate(text);
  return result.ok ? [] : [errorIn(scope, 'template_invalid', { field, params: { position: result.position + 1 } })];
}
