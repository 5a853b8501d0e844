import { readFileSync } from 'node:fs';
import { demoSecrets } from '#engine/testing/demo-world/demo-secrets.ts';
import { DesignerPage } from './support/designer.ts';
import { lastReceived, receivedSince } from './support/far-end.ts';
import { orderFile, vendorOrderFile } from './support/paths.ts';
import { signIn } from './support/people.ts';
import { sendAsShop } from './support/shop.ts';
import { expect, test } from './support/test.ts';

const { webhookSecret: secret } = demoSecrets.nordlicht;

/** Target ← source, as the consultant types it. */
const fields = [
  ['externalId', 'id'],
  ['orderNumber', 'name'],
  ['orderDate', 'created_at'],
  ['currency', 'currency'],
  ['customer.name', 'billing_address.name'],
  ['shipTo.name', 'shipping_address.name'],
  ['shipTo.city', 'shipping_address.city'],
  ['shipTo.countryCode', 'shipping_address.country_code'],
  ['totalGross', 'total_price'],
] as const;
const lineFields = [
  ['externalLineId', 'id'],
  ['sku', 'sku'],
  ['quantity', 'quantity'],
  ['unitPrice', 'price'],
] as const;

test('a consultant draws, tests and publishes a flow; a real order runs through it', async ({ page, context, product }) => {
  test.slow();
  const designer = new DesignerPage(page);

  await test.step('sign in and begin a flow', async () => {
    await signIn(page, 'consultant@harbor.example');
    await page.getByRole('link', { name: 'Nordlicht Outdoor' }).click();
    await page.getByRole('button', { name: 'New flow' }).first().click();
    await page.getByRole('dialog').getByLabel('Name').fill('Web order to ERP');
    await page.getByRole('button', { name: 'Create and open' }).click();
    await expect(page).toHaveURL(/\/flows\//);
  });

  await test.step('draw it by mouse', async () => {
    await designer.drag('Webhook', { x: 140, y: 150 });
    await designer.drag('Map fields', { x: 420, y: 300 });
    await designer.drag('HTTP request', { x: 640, y: 450 });
    await designer.connect('Webhook', 'Map fields');
    await designer.connect('Map fields', 'HTTP request');
    await expect(page.locator('.react-flow__edge')).toHaveCount(2);
  });

  await test.step('set the trigger up and give it a sample', async () => {
    await designer.select('Webhook');
    await designer.choose('Verification', 'Shopify');
    await designer.choose('Connection with the webhook secret', 'Demo shop');
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByLabel('Event (JSON)').fill(readFileSync(orderFile, 'utf8'));
    await page.getByRole('button', { name: 'Keep as sample' }).click();
  });

  await test.step('map fields against the sample', async () => {
    await designer.select('Map fields');
    for (const [index, [target, source]] of fields.entries()) await designer.mapField(String(index + 1), { source, target });
    const list = String(fields.length + 1);
    await designer.mapList(list, { source: 'line_items', target: 'lines' });
    for (const [index, [target, source]] of lineFields.entries()) await designer.mapField(`${list}.${index + 1}`, { source, target });
    // The live result shows the id with all its digits.
    await expect(designer.inspector.getByText('731902664518830417').first()).toBeVisible();
  });

  await test.step('set the call up', async () => {
    await designer.select('HTTP request');
    await designer.choose('Connection', 'Demo ERP');
    await designer.choose('Method', 'POST');
    await designer.inspector.getByLabel('Address').fill('/api/sales-orders');
    await expect(page.getByText('No problems').first()).toBeVisible();
  });

  const before = await lastReceived(product.demoUrl);
  await test.step('test on the sample: the write is held back', async () => {
    await page.getByRole('button', { name: 'Run test' }).click();
    await expect(page.getByText(/Succeeded in/)).toBeVisible();
    await designer.node('HTTP request').click();
    await expect(page.getByText('Would send').first()).toBeVisible();
    expect(await receivedSince(product.demoUrl, before)).toEqual([]);
  });

  const address = await test.step('publish', async () => {
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('button', { name: 'Publish version 1' }).click();
    await expect(page.getByText('Live: version 1')).toBeVisible();
    await designer.select('Webhook');
    return (await page.getByRole('region', { name: 'Address for deliveries' }).locator('code').innerText()).trim();
  });

  const log = await context.newPage();
  await test.step('open the run log and leave it alone', async () => {
    await log.goto('/runs');
    await log.getByRole('combobox', { name: 'Flow' }).click();
    await log.getByRole('option', { name: 'Web order to ERP' }).click();
    await expect(log.getByText('No run matches')).toBeVisible();
  });

  for (const [file, id, name] of [[orderFile, '731902664518830417', '#1512'], [vendorOrderFile(), '820982911946154508', '#9999']] as const) {
    if (file === null) continue;
    await test.step(`order ${name} arrives at the ERP once, digit for digit`, async () => {
      const seen = await lastReceived(product.demoUrl);
      const report = await sendAsShop({ url: address, secret, file }, '--delivery', `journey-${id}`);
      expect(report.statuses).toEqual({ 200: 1 });
      await expect.poll(async () => (await receivedSince(product.demoUrl, seen)).length).toBe(1);
      const [received] = await receivedSince(product.demoUrl, seen);
      expect(received).toMatchObject({ method: 'POST', path: expect.stringContaining('/api/sales-orders'), status: 201 });
      expect(received?.idempotencyKey).toBeTruthy();
      expect(received?.body).toBe(expectedOrder(readFileSync(file, 'utf8')));
      expect(received?.body).toContain(`"externalId":${id}`);
    });
  }

  await test.step('the runs have appeared in the open log by themselves', async () => {
    await expect(log.getByText('Succeeded').first()).toBeVisible();
    await log.getByRole('link', { name: /Open run of Web order to ERP/ }).first().click();
    await expect(log.getByText('HTTP request').first()).toBeVisible();
  });
});

/** What the ERP must get: computed from the text itself, so that no number passes through a double. */
function expectedOrder(text: string): string {
  const order: unknown = JSON.parse(text, (_key, value, info?: { source?: string }) => (typeof value === 'number' && info?.source ? `\u0000${info.source}` : value));
  const at = (value: unknown, path: string): unknown => path.split('.').reduce<unknown>((held, key) => Reflect.get(Object(held), key), value);
  const put = (into: Record<string, unknown>, path: string, value: unknown): void => {
    const [head = '', ...rest] = path.split('.');
    if (rest.length === 0) into[head] = value;
    else put((into[head] ??= {}) as Record<string, unknown>, rest.join('.'), value);
  };
  const build = (pairs: readonly (readonly [string, string])[], from: unknown): Record<string, unknown> => {
    const made: Record<string, unknown> = {};
    for (const [target, source] of pairs) put(made, target, at(from, source));
    return made;
  };
  const lines = at(order, 'line_items');
  const made = { ...build(fields, order), lines: Array.isArray(lines) ? lines.map((line) => build(lineFields, line)) : [] };
  return JSON.stringify(made).replaceAll(/"\\u0000([^"]*)"/g, '$1');
}
