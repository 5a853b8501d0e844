import { findNodeKind } from '../nodes/registry.ts';
import { checkGraph } from './check-graph.ts';
import { checkSources } from './check-sources.ts';
import { checkSettings } from './check-settings.ts';
import { checkTries } from './check-tries.ts';
import type { FlowDocument, FlowNode } from './document.ts';
import type { CheckScope, Problem } from './problem.ts';

/**
 * Everything that is wrong with a flow, in the order of its nodes. The same list is shown while drawing and decides
 * about publishing: a flow may be published when none of them is an error.
 */
export function validateFlow(doc: FlowDocument, scope: CheckScope): Problem[] {
  return [...checkGraph(doc), ...checkSources(doc), ...checkTries(doc), ...doc.nodes.flatMap((node) => checkNode(doc, node, scope)), ...checkSettings(doc.settings)];
}

/** True when publishing is allowed. */
export function isPublishable(problems: readonly Problem[]): boolean {
  return problems.every(({ severity }) => severity !== 'error');
}

function checkNode(doc: FlowDocument, node: FlowNode, scope: CheckScope): Problem[] {
  const nodeId = node.id;
  const kind = findNodeKind(node.kind);
  if (kind === undefined) return [{ code: 'unknown_kind', severity: 'error', nodeId, params: { kind: node.kind } }];
  const problems: Problem[] = [];
  if (node.label.trim() === '' && kind.group !== 'annotation') {
    problems.push({ code: 'label_empty', severity: 'warning', nodeId, field: 'label' });
  }
  const parsed = kind.config.safeParse(node.config);
  if (parsed.success) return [...problems, ...kind.check(parsed.data, { ...scope, node, doc })];
  const fields = new Set(parsed.error.issues.map(({ path }) => path.map(String).join('.')));
  for (const field of fields) {
    problems.push({ code: 'config_invalid', severity: 'error', nodeId, field, params: { field } });
  }
  return problems;
}
