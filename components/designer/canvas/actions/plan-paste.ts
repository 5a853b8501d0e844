import { newId, type FlowDocument, type FlowNode, type Position } from '#engine/flow/document.ts';
import { isRecord, type Json } from '#engine/flow/json.ts';
import type { FlowOp } from '#engine/flow/ops.ts';
import { snap } from '../../add-node.ts';
import { uniqueLabel } from '../../new-node.ts';
import { boundsOf, boxOf } from '../boxes.ts';
import { type Clip, eachReference, type Reference, type Surroundings } from './clip.ts';

export interface PastePlan {
  op: FlowOp;
  nodeIds: string[];
  /** Names of connections that the target retailer has no like of; the nodes say so until one is chosen. */
  unbound: string[];
  /** Names of flows, and steps, that cannot be called from here. */
  lost: string[];
  /** Connections that were exchanged for the retailer's own of the same name. */
  rebound: string[];
}

interface PasteTarget extends Surroundings {
  /** Upper left of what is pasted; absent: a little below and right of where it came from. */
  at?: Position;
}

const SHIFT = 40;

/**
 * One operation that adds what a clip holds under new ids. At another retailer connections are exchanged for its own: same
 * connector, same name, same environment; else the field is left empty. Sample data stays with the retailer it came from.
 */
export function planPaste(doc: FlowDocument, clip: Clip, target: PasteTarget): PastePlan {
  const ids = new Map(clip.nodes.map((node) => [node.id, newId('node')]));
  const shift = shiftOf(clip, target.at);
  const report = { unbound: new Set<string>(), lost: new Set<string>(), rebound: new Set<string>() };
  const sameRetailer = clip.retailerId === target.retailerId;
  let grown = doc;
  const nodes = clip.nodes.map((node): FlowNode => {
    let config = sameRetailer ? node.config : withoutSamples(node.config);
    eachReference(node, (reference) => {
      const value = follow(reference, { clip, target, ids, doc, report });
      if (value !== reference.value) config = replaced(config, reference.path, value);
    });
    const position = snap({ x: node.position.x + shift.x, y: node.position.y + shift.y });
    const pasted = { ...node, id: ids.get(node.id) ?? newId('node'), label: uniqueLabel(grown, node.label), position, config };
    grown = { ...grown, nodes: [...grown.nodes, pasted] };
    return pasted;
  });
  const idOf = (id: string): string => ids.get(id) ?? id;
  const ops: FlowOp[] = [
    ...nodes.map((node): FlowOp => ({ type: 'addNode', node })),
    ...clip.edges.map(({ from, to }): FlowOp => ({
      type: 'addEdge',
      edge: { id: newId('edge'), from: { ...from, node: idOf(from.node) }, to: { ...to, node: idOf(to.node) } },
    })),
    ...clip.groups.map((group): FlowOp => ({ type: 'addGroup', group: { ...group, id: newId('group'), nodes: group.nodes.map(idOf) } })),
  ];
  return { op: { type: 'batch', ops }, nodeIds: nodes.map(({ id }) => id), unbound: [...report.unbound], lost: [...report.lost], rebound: [...report.rebound] };
}

function shiftOf(clip: Clip, at: Position | undefined): Position {
  const bounds = boundsOf(clip.nodes.map(boxOf));
  return at === undefined || bounds === null ? { x: SHIFT, y: SHIFT } : { x: at.x - bounds.x, y: at.y - bounds.y };
}

interface FollowScope {
  clip: Clip;
  target: PasteTarget;
  ids: ReadonlyMap<string, string>;
  doc: FlowDocument;
  report: { unbound: Set<string>; lost: Set<string>; rebound: Set<string> };
}

/** What a reference becomes at its new place. */
function follow({ kind, value }: Reference, { clip, target, ids, doc, report }: FollowScope): Json {
  if (kind === 'callNode') {
    const copied = ids.get(value);
    if (copied !== undefined) return copied;
    return clip.flowId === target.flowId && doc.nodes.some(({ id }) => id === value) ? value : '';
  }
  if (clip.retailerId === target.retailerId) return value;
  if (kind === 'flow') {
    const named = clip.flows.find(({ id }) => id === value);
    const like = target.flows.filter(({ name }) => name === named?.name);
    if (like.length === 1 && like[0] !== undefined) return like[0].id;
    report.lost.add(named?.name ?? '');
    return '';
  }
  const named = clip.connections.find(({ id }) => id === value);
  const like = target.connections.find(
    ({ name, connector, environment }) => connector === named?.connector && environment === named.environment && name.trim().toLowerCase() === named.name.trim().toLowerCase(),
  );
  if (like === undefined) {
    report.unbound.add(named?.name ?? '');
    return null;
  }
  report.rebound.add(like.name);
  return like.id;
}

function replaced(config: FlowNode['config'], path: readonly string[], value: Json): FlowNode['config'] {
  const [head = '', ...rest] = path;
  if (rest.length === 0) return { ...config, [head]: value };
  const inner = config[head];
  return isRecord(inner) ? { ...config, [head]: replaced(inner, rest, value) } : config;
}

/** Data of one retailer's customers must not travel to another with the drawing. */
function withoutSamples(config: FlowNode['config']): FlowNode['config'] {
  const { sampleBody: _sample, expectations: _expected, ...rest } = config;
  return rest;
}
