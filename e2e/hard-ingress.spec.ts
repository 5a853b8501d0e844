import { readFileSync } from 'node:fs';
import http from 'node:http';
import { demoSecrets } from '#engine/testing/demo-world/demo-secrets.ts';
import { look } from './support/database.ts';
import { lastReceived, receivedSince, setFaults } from './support/far-end.ts';
import { orderFile } from './support/paths.ts';
import { pidOf } from './support/product.ts';
import { sendAsShop } from './support/shop.ts';
import { expect, test } from './support/test.ts';

const { endpointKey, webhookSecret: secret } = demoSecrets.nordlicht;

const events = async (like: string): Promise<number> =>
  look(async (sql) => (await sql`select count(*)::int as n from inbox where delivery_id like ${like}`)[0]?.['n'] ?? 0);

test.describe('what a hostile or clumsy sender meets', () => {
  test('a tampered body is refused with 401 and leaves nothing', async ({ product }) => {
    const url = `${product.ingressUrl}/in/${endpointKey}`;
    const report = await sendAsShop({ url, secret, file: orderFile }, '--tamper', '--delivery', 'tampered-1');
    expect(report.statuses).toEqual({ 401: 1 });
    expect(await events('tampered-%')).toBe(0);
    const unknown = await sendAsShop({ url: `${product.ingressUrl}/in/no-such-endpoint`, secret, file: orderFile });
    expect(unknown.statuses).toEqual({ 401: 1 });
    expect(unknown.answers[0]).toBe(report.answers[0]);
  });

  test('the same delivery fifty times at once makes one run', async ({ product }) => {
    const url = `${product.ingressUrl}/in/${endpointKey}`;
    const report = await sendAsShop({ url, secret, file: orderFile }, '--delivery', 'fifty-1', '--times', '50');
    expect(report.statuses).toEqual({ 200: 50 });
    expect(new Set(report.answers).size).toBeLessThanOrEqual(2);
    expect(await events('fifty-1')).toBe(1);
    await expect
      .poll(() => look(async (sql) => (await sql`select r.state from run r join inbox_key k on k.event_id = r.event_id where k.delivery_id = 'fifty-1'`).map((row) => row['state'])))
      .toEqual(['succeeded']);
  });

  test('malformed JSON, 30 MB and ten thousand levels are refused quickly', async ({ product }) => {
    const url = `${product.ingressUrl}/in/${endpointKey}`;
    const malformed = readFileSync(orderFile, 'utf8').slice(0, -20);
    expect(await postSigned(url, malformed)).toMatchObject({ status: 400 });
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    expect(await postSigned(url, deep)).toMatchObject({ status: 400 });
    expect(await postSigned(url, JSON.stringify({ filler: 'x'.repeat(30_000_000) }))).toMatchObject({ status: 413 });
  });

  test('kill -9 of the engine in the middle of 500 events loses none', async ({ product }) => {
    test.slow();
    const before = await lastReceived(product.demoUrl);
    await setFaults(product.demoUrl, { erp: { ratePerSecond: 1000 }, loyalty: { ratePerSecond: 1000 } });
    const report = await sendAsShop({ url: `${product.ingressUrl}/in/${endpointKey}`, secret, file: orderFile }, '--times', '500', '--vary', '731902664518830417');
    expect(report.statuses).toEqual({ 200: 500 });
    process.kill(pidOf('engine'), 'SIGKILL');

    const orders = async () => (await receivedSince(product.demoUrl, before)).filter((one) => one.path.endsWith('/api/sales-orders') && one.status < 300);
    await expect.poll(async () => new Set((await orders()).map((one) => one.idempotencyKey)).size, { timeout: 90_000 }).toBe(500);
    await expect
      .poll(() => look(async (sql) => (await sql`select count(*)::int as n from lane_entry`)[0]?.['n']), { timeout: 60_000 })
      .toBe(0);
    const all = await orders();
    const ids = new Map<string, Set<string>>();
    for (const one of all) {
      const id = /"externalId":\s*"?(\d+)/.exec(one.body)?.[1] ?? '';
      ids.set(id, (ids.get(id) ?? new Set()).add(one.idempotencyKey ?? ''));
    }
    // Each order arrived, each under one key only, whatever died in between.
    expect(ids.size).toBe(500);
    expect([...ids.values()].filter((keys) => keys.size !== 1)).toEqual([]);
    // Applied once: what came a second time was recognised by its key.
    expect(all.filter((one) => !one.replayed)).toHaveLength(500);
    await setFaults(product.demoUrl, {});
  });
});

/** Posts a body with a right signature; a connection closed early still counts by the answer that came before. */
async function postSigned(url: string, body: string): Promise<{ status: number | undefined }> {
  await import('@shopify/shopify-api/adapters/node');
  const { createSHA256HMAC } = await import('@shopify/shopify-api/runtime');
  const signature = await createSHA256HMAC(secret, body);
  return new Promise((resolve, reject) => {
    let answered = false;
    const request = http.request(url, { method: 'POST', headers: { 'content-type': 'application/json', 'x-shopify-hmac-sha256': signature } }, (response) => {
      answered = true;
      response.resume();
      resolve({ status: response.statusCode });
    });
    request.setTimeout(5_000, () => request.destroy(new Error('no answer within five seconds')));
    request.on('error', (error) => (answered ? undefined : reject(error)));
    request.end(body);
  });
}
