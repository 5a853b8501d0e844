import { isUtf8 } from 'node:buffer';
import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { JsonError, parseJson, type Json } from '#engine/flow/json.ts';
import { laneOf } from '#engine/flow/ordering.ts';
import { deliveryId, verifyDelivery, type Delivery, type Hmac } from '#engine/nodes/webhook-recipes.ts';
import type { LiveEndpoint } from '../config/endpoints.ts';
import type { NewEvent } from '../inbox/accept-events.ts';

/** What became of a delivery; the server turns it into HTTP and nothing else. */
export type Received =
  | { type: 'event'; event: NewEvent }
  /** `reason` is for the log, never for the sender. */
  | { type: 'refused'; reason: string }
  | { type: 'bad_request'; code: string };

export interface ReceiveOptions {
  endpoint: LiveEndpoint;
  headers: IncomingHttpHeaders;
  body: Buffer;
  nowMs: number;
  /** A lane for an event of a flow without order. */
  anyLane(flowId: string, lanes: number): number;
}

const hmac: Hmac = (algorithm, secret, parts) => {
  const digest = createHmac(algorithm, secret);
  for (const part of parts) digest.update(part);
  return digest.digest();
};

/** Judges a delivery: signature first, then limits and JSON. Nothing is parsed for a sender who has not proved who it is. */
export function receive(options: ReceiveOptions): Received {
  const { endpoint, body, nowMs } = options;
  const { verification, flow, connection } = endpoint;
  const delivery: Delivery = { headers: singles(options.headers), body };
  const verdict = verifyDelivery({ verification, delivery, secrets: connection?.webhookSecrets ?? [], nowMs, hmac });
  if (!verdict.ok) return { type: 'refused', reason: verdict.reason };
  if (!isUtf8(body)) return { type: 'bad_request', code: 'not_utf8' };
  const text = body.toString('utf8');
  const parsed = parse(text);
  if ('code' in parsed) return { type: 'bad_request', code: parsed.code };
  const orderingKey = flow.orderingKeyOf(parsed.data);
  return {
    type: 'event',
    event: {
      partnerId: flow.partnerId,
      retailerId: flow.retailerId,
      flowId: flow.flowId,
      environment: flow.environment,
      endpointKey: endpoint.key,
      nodeId: endpoint.nodeId,
      trigger: endpoint.api ? 'api' : 'webhook',
      lane: orderingKey === null ? options.anyLane(flow.flowId, flow.lanes) : laneOf(orderingKey, flow.lanes),
      orderingKey,
      deliveryId: deliveryId(verification, delivery),
      headers: keptHeaders(delivery.headers),
      body: text,
      contentType: (delivery.headers['content-type'] ?? 'application/json').slice(0, 200),
      data: parsed.data,
    },
  };
}

function parse(text: string): { data: Json } | { code: string } {
  try {
    return { data: parseJson(text) };
  } catch (error) {
    return { code: error instanceof JsonError ? error.code : 'malformed' };
  }
}

function singles(headers: IncomingHttpHeaders): Record<string, string | undefined> {
  const single: Record<string, string | undefined> = {};
  for (const name in headers) {
    const value = headers[name];
    single[name] = typeof value === 'string' ? value : value?.join(', ');
  }
  return single;
}

const UNKEPT = /^(host|connection|content-length|accept.*|cookie|authorization|.*(token|secret|password).*)$/;
const MOST_KEPT = 4_000;
/** Header names come again and again; judging one is a regular expression. */
const kept = new Map<string, boolean>();

/** Headers worth keeping, as JSON text: what the vendor says about the event, without what would let somebody pose as it. */
function keptHeaders(headers: Readonly<Record<string, string | undefined>>): string {
  let text = '{';
  for (const name in headers) {
    let keeps = kept.get(name);
    if (keeps === undefined) {
      keeps = !UNKEPT.test(name);
      if (kept.size < 1_000) kept.set(name, keeps);
    }
    const value = headers[name];
    if (!keeps || value === undefined || text.length + value.length > MOST_KEPT) continue;
    text += `${text.length > 1 ? ',' : ''}${JSON.stringify(name)}:${JSON.stringify(value)}`;
  }
  return `${text}}`;
}
