import { expect, it } from 'vitest';
import { emptyDocument, type FlowDocument, type FlowNode } from '#engine/flow/document.ts';
import { diffDocuments, sameContent } from './diff-documents.ts';

const note = (id: string, part: Partial<FlowNode> = {}): FlowNode => ({ id, kind: 'note', kindVersion: 1, label: id, position: { x: 0, y: 0 }, config: { text: '' }, ...part });
const doc = (nodes: FlowNode[], part: Partial<FlowDocument> = {}): FlowDocument => ({ ...emptyDocument(), nodes, ...part });

it('names what differs by the labels people know', () => {
  const mine = doc([note('a'), note('b'), note('c')]);
  const theirs = doc([note('a', { config: { text: 'x' } }), note('b', { position: { x: 20, y: 0 } }), note('d')]);
  const diff = diffDocuments(mine, theirs);
  expect(diff).toMatchObject({ added: ['d'], removed: ['c'], changed: ['a'], moved: 1, settings: false });
  expect(sameContent(diff)).toBe(false);
});

it('calls drafts that differ only in places the same content', () => {
  expect(sameContent(diffDocuments(doc([note('a')]), doc([note('a', { position: { x: 1, y: 1 } })])))).toBe(true);
});

it('sees changed settings', () => {
  const settings = { ...emptyDocument().settings, concurrency: 2 };
  expect(diffDocuments(doc([]), doc([], { settings })).settings).toBe(true);
});
