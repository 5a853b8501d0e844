import { DesignerPage } from './support/designer.ts';
import { signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test('a published schedule fires by itself', async ({ page }) => {
  test.setTimeout(240_000);
  const designer = new DesignerPage(page);
  await signIn(page, 'consultant@harbor.example');
  await page.getByRole('link', { name: 'Nordlicht Outdoor' }).click();
  await page.getByRole('button', { name: 'New flow' }).first().click();
  await page.getByRole('dialog').getByLabel('Name').fill('Heartbeat');
  await page.getByRole('button', { name: 'Create and open' }).click();

  await designer.drag('Schedule', { x: 150, y: 200 });
  await designer.drag('HTTP request', { x: 480, y: 200 });
  await designer.connect('Schedule', 'HTTP request');
  await designer.select('Schedule');
  await designer.inspector.getByRole('combobox', { name: 'Schedule' }).fill('* * * * *');
  await expect(designer.inspector.getByText('Next five firings')).toBeVisible();
  await designer.select('HTTP request');
  await designer.choose('Connection', 'Demo shop');
  await designer.choose('Method', 'GET');
  await designer.inspector.getByLabel('Address').fill('/admin/api/products');
  await expect(page.getByText('No problems').first()).toBeVisible();
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByRole('button', { name: 'Publish version 1' }).click();
  await expect(page.getByText('Live: version 1')).toBeVisible();

  await page.goto('/runs');
  await page.getByRole('combobox', { name: 'Flow' }).click();
  await page.getByRole('option', { name: 'Heartbeat' }).click();
  // Cron counts in minutes, and a firing is picked up within half a minute.
  await expect(page.getByText('Succeeded').first()).toBeVisible({ timeout: 150_000 });
});
