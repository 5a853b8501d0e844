import { randomInt } from 'node:crypto';
import type { FlowDocument } from '#engine/flow/document.ts';
import type { Tx } from '../database.ts';
import { insertEndpoints, listEndpoints } from '../repositories/endpoint.ts';
import type { EndpointView } from '../views/flow.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** 32 characters of 62: 190 random bits. Whoever knows the address may post to it; the signature is checked besides. */
function newEndpointKey(): string {
  return Array.from({ length: 32 }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}

/** Gives every trigger of the document that is called from outside an address, once. @returns the addresses of the nodes that are in it. */
export async function ensureEndpoints(tx: Tx, flow: { id: string; retailerId: string }, asked: { doc: FlowDocument; ingressUrl: string }): Promise<EndpointView[]> {
  const nodes = calledNodes(asked.doc);
  const known = await listEndpoints(tx, flow.id);
  const missing = nodes.filter(({ nodeId }) => !known.some((endpoint) => endpoint.nodeId === nodeId));
  if (missing.length === 0) return toViews(known, nodes, asked.ingressUrl);
  await insertEndpoints(tx, flow, missing.map(({ nodeId }) => ({ nodeId, key: newEndpointKey() })));
  return toViews(await listEndpoints(tx, flow.id), nodes, asked.ingressUrl);
}

/** The addresses of a document's triggers, as far as they have one. */
export async function endpointsOf(tx: Tx, flowId: string, asked: { doc: FlowDocument; ingressUrl: string }): Promise<EndpointView[]> {
  return toViews(await listEndpoints(tx, flowId), calledNodes(asked.doc), asked.ingressUrl);
}

/** Node kinds with an address: where the ingress takes their requests in. */
const doors: Record<string, { kind: EndpointView['kind']; path: string }> = {
  'webhook-trigger': { kind: 'webhook', path: '/in' },
  'api-trigger': { kind: 'call', path: '/api-in' },
};

function calledNodes(doc: FlowDocument): CalledNode[] {
  return doc.nodes.flatMap((node) => {
    const door = doors[node.kind];
    return door === undefined ? [] : [{ nodeId: node.id, ...door }];
  });
}

interface CalledNode {
  nodeId: string;
  kind: EndpointView['kind'];
  path: string;
}

function toViews(endpoints: { nodeId: string; key: string }[], nodes: CalledNode[], ingressUrl: string): EndpointView[] {
  return nodes.flatMap(({ nodeId, kind, path }) => {
    const endpoint = endpoints.find((candidate) => candidate.nodeId === nodeId);
    return endpoint === undefined ? [] : [{ nodeId, kind, url: `${ingressUrl}${path}/${endpoint.key}` }];
  });
}
