import { readFileSync } from 'node:fs';
import { mutate, publishLine, query } from './support/api.ts';
import { lastReceived, receivedSince } from './support/far-end.ts';
import { orderFile } from './support/paths.ts';
import { signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

const retailer = 'Nordlicht Outdoor';

test('a record the ERP refuses is corrected on the exceptions desk, and goes through on the next attempt', async ({ page, product }) => {
  await signIn(page, 'consultant@harbor.example');
  const flows = await query<{ id: string; name: string; retailerName: string; state: string }[]>(page, 'flow.list', {});
  const orders = flows.find((flow) => flow.retailerName === retailer && flow.state === 'live' && flow.name.includes('ERP sales order'));
  const order = JSON.parse(readFileSync(orderFile, 'utf8'));
  const name = `#CARE-${Date.now()}`;
  const lines = order.line_items.map((line: object, at: number) => (at === 0 ? { ...line, sku: 'TENT-4P-RED' } : line));
  await mutate(page, 'event.send', { flowId: orders?.id, bodyText: JSON.stringify({ ...order, id: Date.now(), name, line_items: lines }) });

  await page.goto(`/exceptions?view=list&q=${encodeURIComponent(name)}`);
  await page.getByRole('button', { name: `Open exception ${name}` }).click();
  const panel = page.getByRole('complementary', { name: 'Exception' });
  await expect(panel.getByText(/recall R-118/).first()).toBeVisible();
  const before = await lastReceived(product.demoUrl);

  await panel.getByRole('button', { name: 'Correct the record' }).click();
  const editor = panel.getByRole('textbox', { name: 'The record' });
  const text = await editor.inputValue();
  await editor.fill(text.replace('"TENT-4P-RED"', '"TENT-4P-GRN'));
  await expect(panel.getByText(/not valid JSON/)).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Save and try again' })).toBeDisabled();
  await editor.fill(text.replace('TENT-4P-RED', 'TENT-4P-GRN'));
  await panel.getByRole('button', { name: 'Save and try again' }).click();

  await expect(panel.getByText('Resolved', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  await expect(panel.getByText('Record corrected')).toBeVisible();
  const received = (await receivedSince(product.demoUrl, before)).filter((one) => one.system === 'erp' && one.body.includes(name));
  expect(received).toHaveLength(1);
  expect(received[0]?.body).toContain('TENT-4P-GRN');
  expect(received[0]?.status).toBe(201);
});

test('a run waits for somebody’s word and goes on when it is given', async ({ page }) => {
  await signIn(page, 'consultant@harbor.example');
  const title = `Refund ${Date.now()}`;
  const flowId = await publishLine(page, { retailer, name: title, ports: { ask: 'approved' }, nodes: [
    { id: 'start', kind: 'manual-trigger' },
    { id: 'ask', kind: 'approval', config: { title, detail: 'More than 500 €', timeoutHours: 2 } },
    { id: 'keep', kind: 'filter', config: { rules: { match: 'all', rules: [{ path: 'order', operator: 'exists', value: null }] } } },
  ] });
  await mutate(page, 'event.send', { flowId, bodyText: '{"order":"#A1"}' });

  await page.goto(`/runs?flow=${flowId}`);
  await page.getByRole('link', { name: /#A1/ }).click();
  await expect(page.getByText(/waits for somebody’s approval/)).toBeVisible({ timeout: 30_000 });
  await page.getByRole('link', { name: 'Decide' }).click();
  await expect(page).toHaveURL(/\/approvals\?open=/);
  const panel = page.getByRole('complementary', { name: 'Approval' });
  await panel.getByLabel('Note').fill('Customer is known');
  await panel.getByRole('button', { name: 'Approve' }).click();
  await expect(panel.getByText('Approved', { exact: true }).first()).toBeVisible();
  await page.goto(`/runs?flow=${flowId}`);
  await expect(page.getByText('Succeeded').first()).toBeVisible({ timeout: 30_000 });
});

test('a held flow keeps its events, says why, and works them off when it is resumed', async ({ page }) => {
  await signIn(page, 'consultant@harbor.example');
  const flowId = await publishLine(page, { retailer, name: `Hold ${Date.now()}`, nodes: [
    { id: 'start', kind: 'manual-trigger' },
    { id: 'keep', kind: 'filter', config: { rules: { match: 'all', rules: [{ path: 'order', operator: 'exists', value: null }] } } },
  ] });
  await page.goto(`/flows/${flowId}`);
  await page.getByRole('button', { name: 'In operation' }).click();
  const desk = page.getByRole('dialog', { name: 'In operation' });
  await expect(desk.getByText('Nothing waits').first()).toBeVisible();
  await desk.getByRole('button', { name: 'Hold' }).click();
  const question = page.getByRole('dialog', { name: 'Hold this flow?' });
  await question.getByLabel('Why').fill('Stocktaking');
  await question.getByRole('button', { name: 'Hold' }).click();
  await expect(desk.getByText(/Held since .*: Stocktaking/)).toBeVisible();

  for (const order of ['#H1', '#H2', '#H3']) await mutate(page, 'event.send', { flowId, bodyText: JSON.stringify({ order }) });
  await expect(desk.getByText('Flow held')).toHaveCount(3);
  expect(await query<{ items: unknown[] }>(page, 'run.list', { flowId })).toMatchObject({ items: [] });

  await desk.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('dialog', { name: 'Resume this flow?' }).getByRole('button', { name: 'Resume' }).click();
  await expect(desk.getByText('Nothing waits').first()).toBeVisible({ timeout: 30_000 });
  await page.goto(`/runs?flow=${flowId}`);
  await expect(page.getByText('Succeeded', { exact: true })).toHaveCount(3, { timeout: 30_000 });
});

test('a replay says what it would repeat before it does, and runs at its rate', async ({ page, product }) => {
  await signIn(page, 'consultant@harbor.example');
  const connections = await query<{ id: string; name: string }[]>(page, 'connection.list', { retailerId: (await query<{ id: string; name: string }[]>(page, 'retailer.list', undefined)).find((one) => one.name === retailer)?.id });
  const flowName = `Points ${Date.now()}`;
  const flowId = await publishLine(page, { retailer, name: flowName, nodes: [
    { id: 'start', kind: 'manual-trigger' },
    { id: 'book', kind: 'http-request', config: { connectionId: connections.find((one) => one.name === 'Demo loyalty')?.id, method: 'POST', url: '/api/points', businessKey: 'orderId' } },
  ] });
  const loyalty = (await query<{ items: { id: string }[] }>(page, 'run.list', { flowId })).items;
  expect(loyalty).toEqual([]);
  for (const n of [1, 2, 3]) await mutate(page, 'event.send', { flowId, bodyText: JSON.stringify({ order: `#R${n}`, orderId: `R${n}-${Date.now()}`, customerId: '1', points: 5, reason: 'order' }) });
  await expect(async () => {
    const { items } = await query<{ items: { state: string }[] }>(page, 'run.list', { flowId });
    expect(items.filter((run) => run.state === 'succeeded' || run.state === 'failed')).toHaveLength(3);
  }).toPass({ timeout: 30_000 });
  const confirmed = (await query<{ items: { state: string }[] }>(page, 'run.list', { flowId, state: 'succeeded' })).items.length;
  const before = await lastReceived(product.demoUrl);

  await page.goto('/replays');
  await page.getByRole('button', { name: 'Run many again …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Run many again' });
  await dialog.getByRole('combobox', { name: 'How' }).click();
  await page.getByRole('option', { name: 'Run again from the start' }).click();
  await dialog.getByRole('combobox', { name: 'Flow' }).click();
  await page.getByRole('option', { name: flowName }).click();
  await dialog.getByRole('combobox', { name: 'Ended as' }).click();
  await page.getByRole('option', { name: 'Either' }).click();
  await dialog.getByRole('button', { name: 'Dry run' }).click();
  await expect(dialog.getByText('3 runs').first()).toBeVisible();
  // A dry run changes nothing.
  expect((await receivedSince(product.demoUrl, before)).filter((one) => one.system === 'loyalty')).toEqual([]);
  const start = dialog.getByRole('button', { name: 'Run 3 runs again' });
  if (confirmed > 0) {
    await expect(start).toBeDisabled();
    await dialog.getByRole('checkbox', { name: /second time/ }).click();
  }
  await start.click();
  await expect(page.getByText('3 of 3').first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Done', { exact: true }).first()).toBeVisible();
  const again = (await receivedSince(product.demoUrl, before)).filter((one) => one.system === 'loyalty');
  expect(new Set(again.map((one) => one.idempotencyKey)).size).toBe(3);
});
