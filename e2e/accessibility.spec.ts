import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

/** What axe calls serious or worse on the page as it stands, each with the elements it means. */
async function seriousFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

for (const theme of ['light', 'dark']) {
  test(`no serious accessibility fault on the main screens, ${theme}`, async ({ page, context, baseURL }) => {
    test.slow();
    await context.addCookies([{ name: 'weft-theme', value: theme, url: baseURL ?? '' }]);
    await page.goto('/sign-in');
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
    expect.soft(await seriousFaults(page), 'sign-in').toEqual([]);

    await signIn(page, 'consultant@harbor.example');
    await expect(page.getByRole('link', { name: 'Nordlicht Outdoor' })).toBeVisible();
    expect.soft(await seriousFaults(page), 'retailers').toEqual([]);

    await page.getByRole('link', { name: 'Nordlicht Outdoor' }).click();
    await expect(page.getByRole('link', { name: /Shopify order/ })).toBeVisible();
    expect.soft(await seriousFaults(page), 'flows').toEqual([]);

    await page.getByRole('link', { name: /Shopify order/ }).click();
    await expect(page.locator('.react-flow__node').first()).toBeVisible();
    expect.soft(await seriousFaults(page), 'designer').toEqual([]);

    await page.goto('/runs');
    await page.getByLabel('Search by business key').fill('#1044');
    await expect(page.getByRole('link', { name: /#1044/ })).toBeVisible();
    expect.soft(await seriousFaults(page), 'runs').toEqual([]);

    await page.getByRole('link', { name: /#1044/ }).click();
    await expect(page.locator('.react-flow__node').first()).toBeVisible();
    expect.soft(await seriousFaults(page), 'run').toEqual([]);
  });
}
