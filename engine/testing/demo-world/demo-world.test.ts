import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { demoOrders } from './demo-orders.ts';
import { demoHeaders, demoSecrets } from './demo-secrets.ts';
import { postFirstOrders, webhookOf } from './first-orders.ts';
import { startDemoWorld, type DemoWorld } from './start-demo-world.ts';

let world: DemoWorld;
beforeAll(async () => {
  world = await startDemoWorld({ resettable: true });
});
afterAll(() => world.close());
beforeEach(async () => {
  await post('/reset', {});
  await faults({});
});

const order = {
  externalId: '820982911946154508',
  orderNumber: '1041',
  orderDate: '2026-11-20',
  currency: 'EUR',
  channel: 'WEB',
  customer: { number: '7', name: 'Änne Weiß', email: 'aenne@post.example' },
  shipTo: { name: 'Änne Weiß', street: 'Lindenstraße 4a', postalCode: '80331', city: 'München', countryCode: 'DE' },
  lines: [{ lineNo: 1, sku: 'BTL-1L-STL', description: 'Trinkflasche', quantity: 3, unitPrice: '24.90', discount: '0.00', tax: '11.93' }],
  shippingCost: '4.90',
  totalGross: '79.60',
};
const { erpToken, loyaltyKey, shopToken } = demoSecrets.nordlicht;

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(world.url + path, { method: 'POST', body: JSON.stringify(body), headers });
  return { status: answer.status, headers: answer.headers, body: JSON.parse(await answer.text()) };
}

function sendOrder(body: unknown, headers: Record<string, string> = {}) {
  return post('/erp/api/sales-orders', body, { authorization: `Bearer ${erpToken}`, ...headers });
}

async function get(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(world.url + path, { headers });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** Faults without the latency, which would only make the tests slow. */
function faults(erp: Record<string, unknown>) {
  const quick = { latencyMs: [0, 0] };
  return post('/faults', { shop: quick, loyalty: quick, erp: { ...quick, ...erp } });
}

describe('the ERP', () => {
  test('numbers orders and gives them back to their owner only', async () => {
    expect((await sendOrder(order)).body.salesOrder).toEqual({ number: 'SO-26-000001', externalId: '820982911946154508', status: 'open', lineCount: 1, totalGross: '79.60' });
    expect((await sendOrder({ ...order, externalId: 'x' })).body.salesOrder.number).toBe('SO-26-000002');
    const own = await get('/erp/api/sales-orders/SO-26-000001', { authorization: `Bearer ${erpToken}` });
    expect(own.text).toContain('"externalId":"820982911946154508"');
    const other = { authorization: `Bearer ${demoSecrets.kaffeewerk.erpToken}` };
    expect((await get('/erp/api/sales-orders/SO-26-000001', other)).status).toBe(404);
    expect(JSON.parse((await get('/erp/api/sales-orders', other)).text)).toEqual({ salesOrders: [], total: 0 });
  });

  test('reports every problem of an order with its field', async () => {
    const bad = { ...order, currency: 'Euro', lines: [...order.lines, { sku: 'TENT-4P-RED', quantity: 0, unitPrice: '399.00' }], customer: {} };
    const answer = await sendOrder(bad);
    expect(answer.status).toBe(422);
    expect(answer.body).toEqual({
      error: 'validation_failed',
      details: [
        { field: 'customer.name', message: 'customer.name must not be empty' },
        { field: 'currency', message: '"Euro" is not a currency code of three letters' },
        { field: 'lines[1].sku', message: 'SKU "TENT-4P-RED" is blocked for sale since 2026-10-01 (recall R-118)' },
        { field: 'lines[1].quantity', message: '"0" is not a positive whole number' },
      ],
    });
  });

  test('takes credit notes and items, each with its own checks', async () => {
    const headers = { authorization: `Bearer ${erpToken}` };
    const note = { externalId: 'R-1', orderNumber: '#1041', date: '2026-11-23', currency: 'EUR', customerNumber: '7', reason: 'size', amount: '24.90', lines: [{ sku: 'BTL-1L-STL', quantity: 1, amount: '24.90' }] };
    expect((await post('/erp/api/credit-notes', note, headers)).body).toEqual({ creditNote: { number: 'CN-26-000001', externalId: 'R-1' } });
    expect((await post('/erp/api/credit-notes', { ...note, lines: [] }, headers)).status).toBe(422);
    const item = { sku: 'BTL-1L-STL', name: 'Trinkflasche', brand: 'Fjordwind', price: '24.90' };
    expect((await post('/erp/api/items', { items: [item, { ...item, sku: 'B' }] }, headers)).body).toEqual({ accepted: 2 });
    const refused = await post('/erp/api/items', { items: [item, { ...item, price: null }] }, headers);
    expect([refused.status, refused.body.details[0].field]).toEqual([422, 'items[1].price']);
  });

  test('carries a key out once, however often and however fast it comes', async () => {
    const key = { 'idempotency-key': 'k1' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => sendOrder(order, key)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([...Array.from({ length: 9 }, () => 200), 201]);
    expect(new Set(answers.map((answer) => answer.body.salesOrder.number))).toEqual(new Set(['SO-26-000001']));
    expect((await sendOrder({ ...order, channel: 'POS' }, key)).status).toBe(409);
    expect(world.log().filter((entry) => entry.status === 201)).toHaveLength(1);
  });

  test('refuses strangers and malformed bodies', async () => {
    expect((await post('/erp/api/sales-orders', order)).status).toBe(401);
    expect((await post('/erp/api/sales-orders', [1], { authorization: `Bearer ${erpToken}` })).status).toBe(400);
    expect((await get('/erp/nothing', { authorization: `Bearer ${erpToken}` })).status).toBe(404);
  });
});

describe('loyalty and shop', () => {
  test('points add up, an unknown member is enrolled', async () => {
    const headers = { [demoHeaders.loyalty]: loyaltyKey };
    const points = { memberId: '115310627314723954', orderId: '1', points: 79, occurredAt: '2026-11-20T08:12:44+01:00' };
    expect((await post('/loyalty/api/points', points, headers)).body).toMatchObject({ entryId: 'LE-000001', balance: 79 });
    expect((await post('/loyalty/api/points', { ...points, points: '21' }, headers)).body.balance).toBe(100);
    expect(JSON.parse((await get('/loyalty/api/members/115310627314723954', headers)).text).balance).toBe(100);
    expect((await post('/loyalty/api/points', { ...points, points: 1.5 }, headers)).status).toBe(422);
  });

  test('orders come in pages', async () => {
    const headers = { [demoHeaders.shop]: shopToken };
    const first = await get('/shop/admin/api/orders?limit=5', headers);
    expect(JSON.parse(first.text).orders).toHaveLength(5);
    const next = /<(.*)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await get(next, headers);
    expect(JSON.parse(second.text).orders).toHaveLength(2);
    expect(second.headers.get('link')).toBeNull();
    expect(JSON.parse((await get('/shop/admin/api/products', headers)).text).products).toHaveLength(8);
    const listed = JSON.parse((await get('/shop/admin/api/listings', headers)).text).products;
    expect(listed[0]).toMatchObject({ vendor: 'Fjordwind', variants: [{ sku: 'JKT-STORM-M-NVY', grams: 480 }, { sku: 'JKT-STORM-M-NVY-X2', grams: 960 }] });
  });
});

describe('misbehaviour on request', () => {
  test('failures, then back to normal', async () => {
    await faults({ status503: 2, status500: 1 });
    const statuses = [await sendOrder(order), await sendOrder(order), await sendOrder(order), await sendOrder(order)].map((answer) => answer.status);
    expect(statuses).toEqual([503, 503, 500, 201]);
  });

  test('a cut connection after the work: the key finds it done', async () => {
    await faults({ resetAfterApply: 1 });
    const key = { 'idempotency-key': 'cut' };
    await expect(sendOrder(order, key)).rejects.toThrow('fetch failed');
    expect((await sendOrder(order, key)).status).toBe(200);
  });

  test('too many requests are told when to come back', async () => {
    await faults({ ratePerSecond: 1 });
    const answers = await Promise.all([sendOrder(order), sendOrder(order), sendOrder(order)]);
    const limited = answers.filter((answer) => answer.status === 429);
    expect(limited.length).toBeGreaterThan(0);
    expect(limited[0]?.headers.get('retry-after')).toBe('1');
    expect((await post('/faults', { erp: { nonsense: 1 } })).status).toBe(400);
  });
});

describe('the record', () => {
  test('lists what was received and shows it to a human, escaped', async () => {
    await sendOrder({ ...order, channel: '<script>' }, { 'idempotency-key': 'k' });
    const log = JSON.parse((await get('/log?since=0')).text);
    expect(log.entries).toMatchObject([{ seq: 1, system: 'erp', retailer: 'nordlicht', idempotencyKey: 'k', status: 201, replayed: false }]);
    expect(JSON.parse((await get(`/log?since=${log.next}`)).text).entries).toEqual([]);
    const page = await get('/');
    expect(page.text).toContain('Demo ERP <small>1 requests');
    expect(page.text).not.toContain('<script>');
  });

  test('survives a restart, a half-written line included', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'weft-demo-'));
    const logFile = join(folder, 'deep', 'demo.jsonl');
    const headers = { authorization: `Bearer ${erpToken}`, 'idempotency-key': 'once' };
    const body = JSON.stringify(order);
    const before = await startDemoWorld({ logFile });
    await fetch(`${before.url}/erp/api/sales-orders`, { method: 'POST', headers, body });
    await before.close();
    const { appendFile } = await import('node:fs/promises');
    await appendFile(logFile, '{"seq":2,"at":"2026');
    const after = await startDemoWorld({ logFile });
    const again = await fetch(`${after.url}/erp/api/sales-orders`, { method: 'POST', headers, body });
    expect(again.status).toBe(200);
    expect(await again.text()).toContain('SO-26-000001');
    const next = await fetch(`${after.url}/erp/api/sales-orders`, { method: 'POST', headers: { ...headers, 'idempotency-key': 'two' }, body });
    expect(await next.text()).toContain('SO-26-000002');
    await after.close();
    expect(readFileSync(logFile, 'utf8')).toContain('"replayed":true');
    await rm(folder, { recursive: true });
  });
});

describe('the first orders', () => {
  test('keep 18 digits and add up', () => {
    expect(demoOrders).toHaveLength(12);
    for (const one of demoOrders) {
      const { body } = webhookOf(one);
      expect(body).toMatch(/^\{"id":82\d{16},/);
      const { total_price, subtotal_price, total_line_items_price, total_discounts, shipping_lines } = JSON.parse(body);
      expect(Number(subtotal_price)).toBeCloseTo(Number(total_line_items_price) - Number(total_discounts), 2);
      expect(Number(total_price)).toBeCloseTo(Number(subtotal_price) + Number(shipping_lines[0].price), 2);
    }
    expect(demoOrders.filter((one) => webhookOf(one).body.includes('TENT-4P-RED')).map((one) => one.number)).toEqual([1044]);
  });

  test('are posted signed, once an engine is there', async () => {
    const received: { url: string; valid: boolean }[] = [];
    let busy = 2;
    const engine = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (busy-- > 0) return response.writeHead(503).end();
        const expected = createHmac('sha256', demoSecrets.volta.webhookSecret).update(Buffer.concat(chunks)).digest('base64');
        received.push({ url: request.url ?? '', valid: request.headers['x-shopify-hmac-sha256'] === expected });
        return response.writeHead(202).end('{}');
      });
    });
    await new Promise<void>((resolve) => engine.listen(0, '127.0.0.1', resolve));
    const address = engine.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const results = await postFirstOrders({ ingressUrl: `http://127.0.0.1:${port}`, retailers: ['volta'] });
    expect(results.map((result) => result.status)).toEqual([202, 202]);
    expect(received).toEqual([1, 2].map(() => ({ url: `/in/${demoSecrets.volta.endpointKey}`, valid: true })));
    engine.closeAllConnections();
    engine.close();
  });
});
