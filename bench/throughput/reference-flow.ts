import { initialSettings, type FlowDocument } from '#engine/flow/document.ts';
import { parseJson, stringifyJson, type Json } from '#engine/flow/json.ts';
import { readFlow } from '#engine/flow/read-flow.ts';
import { referenceOrderMapping } from '#engine/mapping/reference-order-mapping.ts';

/** Webhook → map (20 fields, 9 a line) → POST to the sink: what the peers' flows do too. @throws when the product cannot read it */
export function referenceFlow(connectionId: string): FlowDocument {
  const edge = (id: string, from: string, to: string): Json => ({ id, from: { node: from, port: 'out' }, to: { node: to, port: 'in' } });
  const node = (id: string, kind: string, config: unknown): Json => {
    // Through text, as a stored document would come: what is undefined disappears.
    const plain = parseJson(JSON.stringify(config));
    return { id, kind, kindVersion: 1, label: id, position: { x: 0, y: 0 }, config: plain };
  };
  const document: Json = {
    schemaVersion: 1,
    nodes: [
      node('hook', 'webhook-trigger', { verification: { recipe: 'none' }, connectionId: null }),
      node('map', 'map', { mapping: referenceOrderMapping() }),
      node('post', 'http-request', {
        connectionId,
        method: 'POST',
        url: '/orders',
        query: [],
        headers: [],
        body: { mode: 'record' },
        answer: { mode: 'replace' },
        timeoutSeconds: 30,
        idempotencyHeader: 'Idempotency-Key',
      }),
    ],
    edges: [edge('e1', 'hook', 'map'), edge('e2', 'map', 'post')],
    settings: parseJson(JSON.stringify(initialSettings())),
  };
  const read = readFlow(parseJson(stringifyJson(document)));
  if (!read.ok) throw new Error(`The reference flow cannot be read: ${JSON.stringify(read.error)}`);
  return read.doc;
}
