import { verify } from '@node-rs/argon2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileMapping } from '#engine/mapping/compile-mapping.ts';
import { readFlow } from '#engine/flow/read-flow.ts';
import { parseJson, stringifyJson } from '#engine/flow/json.ts';
import { demoOrders } from '#engine/testing/demo-world/demo-orders.ts';
import { testDatabase } from '#engine/testing/database.ts';
import { generateSealingKey, open } from '#engine/vault/seal.ts';
import { connectAll, scoped } from '../testing/seeded-tenants.ts';
import { erpOrderRules, loyaltyPointsRules } from './order-mapping.ts';
import { seedDemo } from './seed-demo.ts';
import { partnerIdOf, retailerIdOf } from './seed-people.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let pools: ReturnType<typeof connectAll>;
let files: Map<string, string>;
const key = await generateSealingKey();

function seed(more: { demoWorldUrl?: string } = {}) {
  return seedDemo(database.ownerUrl, {
    enginePublicUrl: 'http://127.0.0.1:3001',
    demoWorldUrl: 'http://127.0.0.1:3002',
    publicKey: key.publicKey,
    writeFile: (path, text) => void files.set(path, text),
    readFile: (path) => files.get(path) ?? null,
    ...more,
  });
}

beforeAll(async () => {
  database = await testDatabase();
  pools = connectAll(database);
  files = new Map();
  await seed();
});
afterAll(async () => {
  await pools?.end();
  await database?.drop();
});

async function everything() {
  const tables = ['partner', 'brand', 'domain', 'retailer', 'store', 'user', 'account', 'membership', 'api_key', 'connection', 'credential', 'private_network', 'flow', 'flow_draft', 'flow_version', 'live_version', 'endpoint'];
  return Promise.all(tables.map((table) => pools.owner`SELECT * FROM ${pools.owner(table)} ORDER BY 1, 2`));
}

test('again, and twice at once, changes nothing', async () => {
  const before = await everything();
  const file = files.get('.weft/cli.json');
  await Promise.all([seed(), seed()]);
  expect(await everything()).toEqual(before);
  expect(files.get('.weft/cli.json')).toBe(file);
});

test('what people have changed stays; a demo world that moved is found again', async () => {
  await pools.owner`UPDATE brand SET accent = '#123456'`;
  await pools.owner`UPDATE connection SET base_url = 'https://mine.example/erp' WHERE name = 'Demo ERP'`;
  await seed({ demoWorldUrl: 'http://127.0.0.1:4002' });
  expect(await pools.owner`SELECT DISTINCT accent FROM brand`).toEqual([{ accent: '#123456' }]);
  const urls = await pools.owner`SELECT DISTINCT name, base_url FROM connection ORDER BY name`;
  expect(urls).toEqual([
    { name: 'Demo ERP', base_url: 'https://mine.example/erp' },
    { name: 'Demo loyalty', base_url: 'http://127.0.0.1:4002/loyalty' },
    { name: 'Demo shop', base_url: 'http://127.0.0.1:4002/shop' },
  ]);
  expect(await pools.engine`SELECT cidr FROM private_network ORDER BY 1`).toEqual([{ cidr: '127.0.0.1:3002' }, { cidr: '127.0.0.1:4002' }]);
});

test('all eight people can sign in with the demo password', async () => {
  const rows = await pools.auth`SELECT u.email, a.password, m.role, m.retailer_id IS NULL AS everywhere FROM "user" u
    JOIN account a ON a.user_id = u.id AND a.provider_id = 'credential' JOIN membership m ON m.user_id = u.id ORDER BY u.email`;
  expect(rows.map((row) => `${row['email']} ${row['role']} ${row['everywhere']}`)).toEqual([
    'admin@harbor.example partner_admin true',
    'admin@lumen.example partner_admin true',
    'consultant@harbor.example consultant true',
    'consultant@lumen.example consultant true',
    'viewer@atelier.example retailer_viewer false',
    'viewer@kaffeewerk.example retailer_viewer false',
    'viewer@nordlicht.example retailer_viewer false',
    'viewer@volta.example retailer_viewer false',
  ]);
  for (const row of rows) expect(row['password']).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verify(rows[0]?.['password'], 'weft-demo-2026')).toBe(true);
});

test('secrets open for the engine’s key, in their own place only', async () => {
  const rows = await pools.engine`SELECT * FROM credential c JOIN connection n ON n.id = c.connection_id WHERE n.retailer_id = ${retailerIdOf('nordlicht')} ORDER BY n.name, c.field`;
  const opened = await Promise.all(
    rows.map((row) => open(key.privateKey, `${row['partner_id']}/${row['connection_id']}/${row['field']}/${row['version']}`, row['sealed'])),
  );
  expect(opened).toEqual(['demo-erp-token-nordlicht', 'demo-loyalty-key-nordlicht', 'demo-shop-token-nordlicht', 'demo-webhook-secret-nordlicht']);
});

test('the flows are readable, the orders flow is live everywhere, the stock check is paused', async () => {
  const flows = await pools.engine`SELECT r.slug, f.name, l.active, v.doc FROM flow f JOIN retailer r ON r.id = f.retailer_id
    JOIN live_version l ON l.flow_id = f.id JOIN flow_version v ON v.id = l.version_id ORDER BY r.slug, f.name`;
  expect(flows.map((row) => `${row['slug']} ${row['name']} ${row['active']}`)).toEqual([
    'atelier Shopify order → ERP sales order + loyalty points true',
    'kaffeewerk Shopify order → ERP sales order + loyalty points true',
    'nordlicht Nightly stock check false',
    'nordlicht Shopify order → ERP sales order + loyalty points true',
    'volta Shopify order → ERP sales order + loyalty points true',
  ]);
  for (const row of flows) expect(readFlow(parseJson(row['doc'])).ok).toBe(true);
});

test('every demo order maps to a whole sales order and to points, digit for digit', () => {
  const erp = compileMapping({ rules: erpOrderRules() });
  const points = compileMapping({ rules: loyaltyPointsRules() });
  for (const { order, number } of demoOrders) {
    const mapped = erp(order);
    expect(mapped).toMatchObject({ ok: true, value: { orderNumber: `#${number}`, shipTo: { countryCode: expect.stringMatching(/^[A-Z]{2}$/) } } });
    expect(points(order)).toMatchObject({ ok: true });
  }
  const first = demoOrders.find(({ number }) => number === 1043);
  const source = stringifyJson(first?.order ?? null);
  const id = /"id":(\d{18})/.exec(source)?.[1];
  expect(erp(first?.order ?? null)).toEqual({
    ok: true,
    value: {
      externalId: id,
      orderNumber: '#1043',
      orderDate: '2026-11-21',
      currency: 'EUR',
      channel: 'web',
      customer: { number: expect.stringMatching(/^\d{18}$/), name: 'Franziska Huber', email: 'f.huber@post.example' },
      shipTo: { name: 'Franziska Huber', street: 'Mariahilfer Straße 77', postalCode: '1060', city: 'Wien', countryCode: 'AT' },
      lines: [
        { lineNo: 1, sku: 'TENT-2P-GRN', description: 'Kuppelzelt Lagerplatz 2 - 2 Personen / grün', quantity: 1, unitPrice: '249.90', discount: '25.00', tax: '35.91' },
        { lineNo: 2, sku: 'LAMP-H300', description: 'Stirnlampe 300 Lumen', quantity: 2, unitPrice: '44.00', discount: '0.00', tax: '14.05' },
        { lineNo: 3, sku: 'SLP-DOWN-0C', description: 'Daunenschlafsack Polarnacht - 0 °C', quantity: 1, unitPrice: '279.00', discount: '0.00', tax: '44.55' },
      ],
      shippingCost: '0.00',
      totalGross: '591.90',
    },
  });
  expect(points(first?.order ?? null)).toMatchObject({ value: { points: 592, orderId: id } });
});

test('the command line’s keys are hashes here, and a lost file is replaced', async () => {
  const before = files.get('.weft/cli.json') ?? '';
  const { keys } = JSON.parse(before);
  expect(keys.map((one: { partner: string }) => one.partner)).toEqual(['harbor', 'lumen']);
  const hashes = await pools.auth`SELECT key_hash, encode(sha256(convert_to(${keys[0].key}, 'UTF8')), 'hex') AS hash FROM api_key WHERE partner_id = ${partnerIdOf('harbor')}`;
  expect(hashes[0]?.['key_hash']).toBe(hashes[0]?.['hash']);
  files.clear();
  await seed();
  expect(files.get('.weft/cli.json')).toMatch(/"key": "weft_[\w-]{43}"/);
  expect(files.get('.weft/cli.json')).not.toBe(before);
});

test('a partner sees its own demo only', async () => {
  const seen = await scoped(pools.web, { partnerId: partnerIdOf('lumen'), retailerId: '*' }, (tx) => tx`SELECT slug FROM retailer ORDER BY slug`);
  expect(seen).toEqual([{ slug: 'atelier' }, { slug: 'volta' }]);
});
