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

/** Gives every webhook trigger of the document an address, once. @returns the addresses of the nodes that are in it. */
export async function ensureEndpoints(tx: Tx, flow: { id: string; retailerId: string }, asked: { doc: FlowDocument; ingressUrl: string }): Promise<EndpointView[]> {
  const nodeIds = webhookNodes(asked.doc);
  const known = await listEndpoints(tx, flow.id);
  const missing = nodeIds.filter((nodeId) => !known.some((endpoint) => endpoint.nodeId === nodeId));
  if (missing.length === 0) return toViews(known, nodeIds, asked.ingressUrl);
  await insertEndpoints(tx, flow, missing.map((nodeId) => ({ nodeId, key: newEndpointKey() })));
  return toViews(await listEndpoints(tx, flow.id), nodeIds, asked.ingressUrl);
}

/** The addresses of a document's webhook triggers, as far as they have one. */
export async function endpointsOf(tx: Tx, flowId: string, asked: { doc: FlowDocument; ingressUrl: string }): Promise<EndpointView[]> {
  return toViews(await listEndpoints(tx, flowId), webhookNodes(asked.doc), asked.ingressUrl);
}

function webhookNodes(doc: FlowDocument): string[] {
  return doc.nodes.filter((node) => node.kind === 'webhook-trigger').map((node) => node.id);
}

function toViews(endpoints: { nodeId: string; key: string }[], nodeIds: string[], ingressUrl: string): EndpointView[] {
  return endpoints.filter(({ nodeId }) => nodeIds.includes(nodeId)).map(({ nodeId, key }) => ({ nodeId, url: `${ingressUrl}/in/${key}` }));
}
