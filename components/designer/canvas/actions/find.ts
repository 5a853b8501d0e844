import { noteText } from '#components/canvas/note-text.ts';
import type { FlowDocument, FlowNode } from '#engine/flow/document.ts';
import { isRecord, type Json } from '#engine/flow/json.ts';

export interface FindHit {
  nodeId: string;
  label: string;
  kindLabel: string;
  /** Where in its settings the text stands, shortened around it; null: the name or the kind has it. */
  excerpt: string | null;
}

interface FindOptions {
  kindLabel(node: FlowNode): string;
  limit?: number;
}

const AROUND = 24;

/** Nodes with every word of the search in their name, kind or settings; names first. Empty search: every node. */
export function findInFlow(doc: FlowDocument, search: string, { kindLabel, limit = 100 }: FindOptions): FindHit[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter((word) => word !== '');
  const ranked: { hit: FindHit; rank: number }[] = [];
  for (const node of doc.nodes) {
    const label = node.kind === 'note' ? (noteText(node).split('\n')[0] ?? '') : node.label;
    const kind = kindLabel(node);
    const name = label.toLocaleLowerCase();
    const inName = words.every((word) => name.includes(word));
    const open = `${name} ${kind.toLocaleLowerCase()}`;
    const missing = words.filter((word) => !open.includes(word));
    const excerpt = missing.length === 0 ? null : excerptOf(node, missing);
    if (missing.length > 0 && excerpt === null) continue;
    ranked.push({ hit: { nodeId: node.id, label, kindLabel: kind, excerpt }, rank: inName ? 0 : excerpt === null ? 1 : 2 });
  }
  return ranked
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ hit }) => hit);
}

function excerptOf(node: FlowNode, words: readonly string[]): string | null {
  const texts = textsIn(node.config);
  const found = words.map((word) => texts.find((text) => text.toLocaleLowerCase().includes(word)));
  if (found.includes(undefined)) return null;
  const [text = ''] = found;
  const at = text.toLocaleLowerCase().indexOf(words[0] ?? '');
  const begin = Math.max(0, at - AROUND);
  const end = at + (words[0]?.length ?? 0) + AROUND;
  return `${begin > 0 ? '…' : ''}${text.slice(begin, end).replaceAll(/\s+/g, ' ')}${end < text.length ? '…' : ''}`;
}

/** Every text and number a configuration holds. */
function textsIn(value: Json | undefined): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (isRecord(value)) return Object.values(value).flatMap(textsIn);
  return value === null || value === undefined || typeof value === 'boolean' ? [] : [String(value)];
}
