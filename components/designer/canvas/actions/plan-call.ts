import { applyOp } from '#engine/flow/apply-op.ts';
import type { FlowDocument, FlowNode, Position } from '#engine/flow/document.ts';
import { isRecord, parseJson, type JsonObject } from '#engine/flow/json.ts';
import type { FlowOp } from '#engine/flow/ops.ts';
import { METHODS, READING } from '#engine/nodes/http-request-config.ts';
import { inferSchema } from '#engine/schema/infer-schema.ts';
import { schemaJson } from '#components/mapper/room/read-schema-doc.ts';
import { planAddNode } from '../../add-node.ts';
import { newNode } from '../../new-node.ts';
import { nextPort } from './quick-add.ts';
import type { PastedCall } from './read-call.ts';

export interface CallTarget {
  /** The node to continue from. */
  after?: FlowNode;
  /** Where the call stands when it continues from nothing. */
  at?: Position;
  connections: readonly { id: string; name: string; baseUrl: string }[];
  /** Names of new nodes. */
  labels: { map: string; call: string };
}

export interface CallPlan {
  op: FlowOp;
  /** What is to be done next: the mapping into the example, else the call. */
  nodeId: string;
  /** The example became the target of a mapping. */
  mapped: boolean;
  /** Name of the connection whose address it is; null: the retailer has none there. */
  connection: string | null;
  /** `POST /orders` */
  title: string;
}

/** Steps that hand on records of a shape made there on purpose: no mapping goes between them and a call. */
const SHAPED: ReadonlySet<string> = new Set(['map', 'batch', 'collect']);

/**
 * One operation that adds a call as documentation shows it: at the connection whose address it is, without secrets, and behind a
 * mapping into the example it sends. Null: the flow has no room for it, or the method is none that a step can use.
 */
export function planCall(doc: FlowDocument, call: PastedCall, { after, at, connections, labels }: CallTarget): CallPlan | null {
  const method = METHODS.find((one) => one === call.method);
  const fresh = newNode(doc, 'http-request', labels.call);
  if (method === undefined || fresh === undefined) return null;
  const connection = connectionOf(call.url, connections);
  const url = connection === null ? call.url : call.url.slice(trimmed(connection.baseUrl).length);
  const example = READING.has(method) ? null : exampleOf(call.body);
  const body: JsonObject = example !== null ? { mode: 'record' } : call.body === null ? { mode: READING.has(method) ? 'record' : 'none' } : { mode: 'text', text: call.body };
  const http: FlowNode = { ...fresh, config: { ...fresh.config, connectionId: connection?.id ?? null, method, url, headers: call.headers.filter(isHarmless).map((header) => ({ ...header })), body } };
  const title = `${method} ${url === '' ? '/' : url}`;
  const shape = example === null ? null : shapeOf(doc, example, { after, title, label: labels.map });
  const ops: FlowOp[] = [];
  let grown = doc;
  let last = after;
  const add = (op: FlowOp, node: FlowNode): boolean => {
    const result = applyOp(grown, op);
    if (!result.ok) return false;
    ops.push(op);
    grown = result.doc;
    last = grown.nodes.find(({ id }) => id === node.id);
    return true;
  };
  for (const node of shape === null ? [http] : [shape, http]) {
    const known = doc.nodes.some(({ id }) => id === node.id);
    const op: FlowOp = known ? { type: 'setConfig', nodeId: node.id, config: node.config } : planAddNode(grown, { node, at: last === undefined ? at : undefined, after: last, from: last === undefined ? undefined : nextPort(grown, last) }).op;
    if (!add(op, node)) return null;
  }
  return { op: { type: 'batch', ops }, nodeId: shape?.id ?? http.id, mapped: shape !== null, connection: connection?.name ?? null, title };
}

/** The mapping that fills the example: a new one, or the one it continues from if that has no target yet. Null: none is wanted. */
function shapeOf(doc: FlowDocument, example: JsonObject, { after, title, label }: { after: FlowNode | undefined; title: string; label: string }): FlowNode | null {
  const target = schemaJson(inferSchema(title, [example]));
  if (after?.kind === 'map') return after.config['target'] === undefined ? { ...after, config: { ...after.config, target } } : null;
  if (after === undefined || SHAPED.has(after.kind)) return null;
  const map = newNode(doc, 'map', label);
  return map === undefined ? null : { ...map, config: { ...map.config, target } };
}

/** The connection with the longest address that the call's begins with. */
function connectionOf<C extends { baseUrl: string }>(url: string, connections: readonly C[]): C | null {
  const fitting = connections.filter(({ baseUrl }) => {
    const base = trimmed(baseUrl);
    return base !== '' && url.startsWith(base) && /^($|[/?#])/.test(url.slice(base.length));
  });
  return fitting.toSorted((a, b) => b.baseUrl.length - a.baseUrl.length)[0] ?? null;
}

function trimmed(baseUrl: string): string {
  return baseUrl.replace(/\/+$/, '');
}

function exampleOf(body: string | null): JsonObject | null {
  if (body === null) return null;
  try {
    const value = parseJson(body);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** Secrets belong to the connection, and the kind of the body is said by the call itself. */
function isHarmless({ name }: { name: string }): boolean {
  return !/^(authorization|cookie|content-type|content-length|accept|host)$|key|token|secret|signature|auth|password/i.test(name);
}
