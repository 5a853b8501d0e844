import { signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test('a retailer sees the runs of no one else, cannot retry, and reaches no studio page', async ({ page, expectedErrors }) => {
  await signIn(page, 'viewer@nordlicht.example');
  await expect(page).toHaveURL(/\/runs/);
  // Searched for by key, as other tests may have filled the first page.
  await page.getByLabel('Search by business key').fill('#22');
  await expect(page.getByText('No run matches')).toBeVisible();
  await page.getByLabel('Search by business key').fill('#1044');
  await expect(page.getByText('#1044').first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Retailers' })).toHaveCount(0);

  await page.getByRole('link', { name: /#1044/ }).click();
  await expect(page.getByText(/TENT-4P-RED/).first()).toBeVisible();
  await expect(page.getByRole('button', { name: /retry|run again/i })).toHaveCount(0);

  // Whatever the address line says, the server decides.
  expectedErrors.push(/404|403/);
  await page.goto('/retailers');
  await expect(page.getByText('Kaffeewerk')).toHaveCount(0);
});

test('two brands: each partner sees its own name and people only', async ({ page, product }) => {
  const lumen = product.webUrl.replace('localhost', 'lumen.localhost');
  await page.goto(`${lumen}/sign-in`);
  await expect(page).toHaveTitle(/Lumen Commerce/);
  await expect(page.getByText('Lumen Commerce').first()).toBeVisible();
  await page.getByLabel('E-mail').fill('consultant@lumen.example');
  await page.getByLabel('Password', { exact: true }).fill('weft-demo-2026');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('Atelier Vert').first()).toBeVisible();
  await expect(page.getByText('Nordlicht')).toHaveCount(0);
  await expect(page.getByText('Harbor')).toHaveCount(0);
});
