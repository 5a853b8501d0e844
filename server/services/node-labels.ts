import type { Tx } from '../database.ts';
import { versionDocs } from '../repositories/flow-version.ts';
import { readDocument } from './flow-document.ts';

/**
 * Names of nodes as they are in the versions that ran. A list shows a few versions only; a document that cannot be read any
 * more leaves the ids in their place.
 */
export async function nodeLabels(tx: Tx, versionIds: readonly string[]): Promise<(versionId: string, nodeId: string) => string> {
  const docs = await versionDocs(tx, [...new Set(versionIds)]);
  const labels = new Map<string, Map<string, string>>();
  for (const { id, docText } of docs) labels.set(id, labelsOf(docText));
  return (versionId, nodeId) => labels.get(versionId)?.get(nodeId) ?? nodeId;
}

export function labelsOf(docText: string): Map<string, string> {
  try {
    return new Map(readDocument(docText).nodes.map((node) => [node.id, node.label]));
  } catch {
    return new Map();
  }
}
