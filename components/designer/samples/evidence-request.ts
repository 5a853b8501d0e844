import { emptyDocument, type FlowDocument } from '#engine/flow/document.ts';
import { parseJson, stringifyJson, type Json } from '#engine/flow/json.ts';
import { readFlow } from '#engine/flow/read-flow.ts';
import { collectEvidence, type FieldEvidence } from '#engine/schema/evidence.ts';
import { textOfDoc } from '../persistence.ts';
import { recordsAt } from './records-at.ts';
import type { SourceSample } from './sample-list.ts';
import { wayTo, type Way } from './way.ts';

/** What the worker needs, as text: numbers keep their digits on the way. */
export interface EvidenceRequest {
  id: number;
  nodeId: string;
  /** The part of the document that leads to the node. */
  docText: string;
  events: { triggerId: string; bodyText: string }[];
  /** Records of the last test at the node, JSON text of a list; they count where no event can be computed this far. */
  testedText: string;
}

export interface EvidenceAnswer {
  id: number;
  evidence: FieldEvidence[];
}

/** Events that evidence is gathered from. */
const MOST_EVENTS = 50;

/** Real events before made-up ones. */
export function evidenceRequest(id: number, of: { way: Way; doc: FlowDocument; sources: readonly SourceSample[]; tested: readonly Json[] }): EvidenceRequest {
  const { way, doc, sources, tested } = of;
  const real = sources.filter(({ kind }) => kind === 'event' || kind === 'pinned');
  const nodes = doc.nodes.filter((node) => way.nodes.has(node.id) || node.id === way.nodeId);
  const edges = [...way.incoming.values()].flat();
  return {
    id,
    nodeId: way.nodeId,
    docText: textOfDoc({ ...emptyDocument(), nodes, edges }),
    events: (real.length > 0 ? real : sources).slice(0, MOST_EVENTS).map(({ triggerId, bodyText }) => ({ triggerId, bodyText })),
    testedText: stringifyJson([...tested]),
  };
}

/** What real records say about the fields at a node. */
export function evidenceOf({ nodeId, docText, events, testedText }: EvidenceRequest): FieldEvidence[] {
  const read = readFlow(parseJson(docText));
  if (!read.ok) return [];
  const way = wayTo(read.doc, nodeId);
  const records: Json[] = [];
  for (const { triggerId, bodyText } of events) {
    const body = parsed(bodyText);
    if (body === undefined) continue;
    for (const { data } of recordsAt(way, { triggerId, data: body }) ?? []) records.push(data);
  }
  if (records.length > 0) return collectEvidence(records);
  const tested = parsed(testedText);
  return Array.isArray(tested) ? collectEvidence(tested) : [];
}

function parsed(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
