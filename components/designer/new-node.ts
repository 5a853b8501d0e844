import { newId, type FlowDocument, type FlowNode } from '#engine/flow/document.ts';
import { isJson, isRecord } from '#engine/flow/json.ts';
import { findNodeKind } from '#engine/nodes/registry.ts';

/** A fresh node of a kind, named so that no other node of the flow has its name. Undefined: there is no such kind. */
export function newNode(doc: FlowDocument, kind: string, label: string): FlowNode | undefined {
  const found = findNodeKind(kind);
  const config = found?.initial();
  if (found === undefined || !isJson(config) || !isRecord(config)) return undefined;
  return { id: newId('node'), kind, kindVersion: found.version, label: uniqueLabel(doc, label), position: { x: 0, y: 0 }, config };
}

/** The label, with a number behind it where a node of the flow has it already. */
export function uniqueLabel(doc: FlowDocument, label: string): string {
  const taken = new Set(doc.nodes.map((node) => node.label));
  if (!taken.has(label)) return label;
  // The copy of "Map 2" is "Map 3", not "Map 2 2".
  const stem = label.replace(/ \d+$/, '');
  let number = 2;
  while (taken.has(`${stem} ${number}`)) number += 1;
  return `${stem} ${number}`;
}
