/**
 * The seeded orders, posted by the shop. As a program: `WEFT_INGRESS_URL=http://127.0.0.1:3001 node first-orders.ts` prints one line
 * per order and ends with 0 when those of Nordlicht, whose flow the seed puts live, were accepted.
 */
import { createHmac } from 'node:crypto';
import { stringifyJson } from '#engine/flow/json.ts';
import { demoOrders, type DemoOrder } from './demo-orders.ts';
import { demoRetailers, demoSecrets, type DemoRetailer } from './demo-secrets.ts';

export interface FirstOrdersOptions {
  /** Where the engine takes webhooks, e.g. `http://127.0.0.1:3001`. */
  ingressUrl: string;
  /** Retailers whose seeded flow is live; default all. */
  retailers?: readonly DemoRetailer[];
  /** How long the engine may take to come up, milliseconds. */
  patienceMs?: number;
}

const RETRY_MS = 250;

/**
 * Posts the seeded orders as the shop would: signed, one delivery id each, so that posting them again changes nothing.
 * Waits for an engine that is still starting. @returns the HTTP status of each order
 * @throws when the engine cannot be reached or is not ready within the patience
 */
export async function postFirstOrders(options: FirstOrdersOptions): Promise<{ retailer: DemoRetailer; number: number; status: number }[]> {
  const retailers = options.retailers ?? demoRetailers;
  const until = Date.now() + (options.patienceMs ?? 60_000);
  const results = [];
  // In the order in which they were placed, each after the one before was accepted.
  for (const one of demoOrders) {
    if (!retailers.includes(one.retailer)) continue;
    results.push({ retailer: one.retailer, number: one.number, status: await postUntil(options.ingressUrl, one, until) });
  }
  return results;
}

/** The request a shop sends for an order: headers and raw body, as documented for Shopify webhooks. */
export function webhookOf(one: DemoOrder): { headers: Record<string, string>; body: string } {
  const body = stringifyJson(one.order);
  const signature = createHmac('sha256', demoSecrets[one.retailer].webhookSecret).update(body).digest('base64');
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': 'orders/create',
      'x-shopify-shop-domain': `${one.retailer}.myshopify.example`,
      'x-shopify-api-version': '2026-10',
      'x-shopify-webhook-id': one.deliveryId,
      'x-shopify-event-id': `e-${one.deliveryId}`,
      'x-shopify-hmac-sha256': signature,
    },
  };
}

async function postUntil(ingressUrl: string, one: DemoOrder, until: number): Promise<number> {
  const url = `${ingressUrl}/in/${demoSecrets[one.retailer].endpointKey}`;
  for (;;) {
    const status = await fetch(url, { method: 'POST', ...webhookOf(one) }).then(
      async (answer) => {
        await answer.text();
        return answer.status;
      },
      () => null,
    );
    if (status !== null && status !== 503 && status !== 429) return status;
    if (Date.now() > until) throw new Error(`The engine at ${ingressUrl} did not take order ${one.number} of ${one.retailer}.`);
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

if (import.meta.main) {
  const results = await postFirstOrders({ ingressUrl: process.env.WEFT_INGRESS_URL ?? 'http://127.0.0.1:3001' });
  for (const result of results) console.log(JSON.stringify({ msg: 'first order', ...result }));
  const refused = results.some((result) => result.retailer === 'nordlicht' && result.status >= 300);
  process.exit(refused ? 1 : 0);
}
