import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { draftLine, query } from './support/api.ts';
import { signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

const CONSULTANT = 'consultant@harbor.example';
const RETAILER = 'Nordlicht Outdoor';

/** What axe calls serious or worse on the page as it stands, or in a part of it, each with the elements it means. */
async function seriousFaults(page: Page, within = 'html'): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(within).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

async function expectNone(page: Page, screen: string, within?: string): Promise<void> {
  expect.soft(await seriousFaults(page, within), screen).toEqual([]);
}

/** Opens the demo's order flow, with what the address says of the view. */
async function openOrderFlow(page: Page, view = ''): Promise<void> {
  const flows = await query<{ id: string; name: string; retailerName: string }[]>(page, 'flow.list', {});
  const order = flows.find((flow) => flow.retailerName === RETAILER && flow.name.startsWith('Shopify order'));
  await page.goto(`/flows/${order?.id}${view}`);
}

// What fades in has the contrast of a ghost while it does.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const theme of ['light', 'dark']) {
  test.describe(`no serious accessibility fault, ${theme}`, () => {
    test.beforeEach(async ({ context, baseURL }) => {
      test.slow();
      await context.addCookies([{ name: 'weft-theme', value: theme, url: baseURL ?? '' }]);
    });

    test('on the main screens', async ({ page }) => {
      await page.goto('/sign-in');
      await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
      await expectNone(page, 'sign-in');

      await signIn(page, CONSULTANT);
      await expect(page.getByRole('link', { name: RETAILER })).toBeVisible();
      await expectNone(page, 'retailers');

      await page.getByRole('link', { name: RETAILER }).click();
      await expect(page.getByRole('link', { name: /Shopify order/ })).toBeVisible();
      await expectNone(page, 'flows');

      await page.getByRole('link', { name: /Shopify order/ }).click();
      await expect(page.locator('.react-flow__node').first()).toBeVisible();
      await expectNone(page, 'designer');

      await page.goto('/runs');
      await page.getByLabel('Search by business key').fill('#1044');
      await expect(page.getByRole('link', { name: /#1044/ })).toBeVisible();
      await expectNone(page, 'runs');

      await page.getByRole('link', { name: /#1044/ }).click();
      await expect(page.locator('.react-flow__node').first()).toBeVisible();
      await expectNone(page, 'run');
    });

    test('on the page of all components', async ({ page }) => {
      await page.goto('/styleguide');
      await expect(page.getByRole('heading', { name: 'Style guide' })).toBeVisible();
      await expect(page.getByText(/17\.82 : 1/).first()).toBeVisible();
      await expectNone(page, 'style guide');

      await page.getByRole('button', { name: 'Ask, and fail' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectNone(page, 'dialog');
      await page.keyboard.press('Escape');

      await page.getByRole('button', { name: 'Open the sheet' }).click();
      await expect(page.getByRole('dialog', { name: 'Versions' })).toBeVisible();
      await expectNone(page, 'sheet');
      await page.keyboard.press('Escape');

      await page.getByRole('button', { name: 'More', exact: true }).first().click();
      await expect(page.getByRole('menu')).toBeVisible();
      // The open menu holds the focus; axe knows that of dialogs only, and takes the hidden page behind for reachable.
      await expectNone(page, 'menu', '[role=menu]');
      await page.keyboard.press('Escape');

      await page.getByRole('button', { name: 'Say that it failed' }).click();
      await expect(page.getByText('The draft was not saved', { exact: true })).toBeVisible();
      await expectNone(page, 'toast');
    });

    test('in the designer and what opens over it', async ({ page }) => {
      await signIn(page, CONSULTANT);
      await openOrderFlow(page, '?node=erp_post');
      await expect(page.getByRole('complementary', { name: 'Settings' }).getByLabel('Name', { exact: true })).toBeVisible();
      await expectNone(page, 'settings of a node');

      await page.locator('.react-flow__node').filter({ hasText: 'Create sales order' }).click();
      await page.keyboard.press('Tab');
      await expect(page.getByRole('combobox', { name: 'Search nodes' }).or(page.getByRole('searchbox', { name: 'Search nodes' })).last()).toBeFocused();
      await expectNone(page, 'quick-add');
      await page.keyboard.press('Escape');

      await page.keyboard.press('Control+k');
      await expect(page.getByRole('dialog', { name: 'Commands and places' })).toBeVisible();
      await expectNone(page, 'commands');
      await page.keyboard.insertText('order');
      await expect(page.getByRole('option').first()).toBeVisible();
      await expectNone(page, 'commands found');
      await page.keyboard.press('Escape');

      await page.keyboard.press('Control+k');
      await page.keyboard.insertText('Keyboard shortcuts');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
      await expectNone(page, 'shortcuts');
      await page.keyboard.press('Escape');

      await page.getByRole('button', { name: 'Publish', exact: true }).click();
      await expect(page.getByRole('dialog', { name: /Publish version/ })).toBeVisible();
      await expectNone(page, 'publish');
      await page.keyboard.press('Escape');

      await page.getByRole('button', { name: 'Outline', exact: true }).click();
      await expect(page.getByRole('tree', { name: 'Outline of the flow' }).or(page.getByRole('treegrid', { name: 'Outline of the flow' }))).toBeVisible();
      await expectNone(page, 'outline');
    });

    test('in the mapper', async ({ page }) => {
      await signIn(page, CONSULTANT);
      await openOrderFlow(page, '?node=erp_map&mapper=1');
      const room = page.getByRole('region', { name: 'Mapper of Order for the ERP' });
      await expect(room.getByText('820991012987003196').first()).toBeVisible({ timeout: 60_000 });
      await expectNone(page, 'mapper');

      await room.getByRole('row', { name: /^orderDate/ }).click();
      await expect(room.locator('#mapper-open-row')).toBeVisible();
      await expectNone(page, 'an open rule');
    });

    test('where something is wrong', async ({ page }) => {
      await signIn(page, CONSULTANT);
      const wrong = await draftLine(page, { retailer: RETAILER, name: `Unfinished ${theme}`, nodes: [{ id: 'start', kind: 'manual-trigger' }, { id: 'call', kind: 'http-request' }] });
      await page.goto(`/flows/${wrong}`);
      await page.getByRole('button', { name: /problem/ }).click();
      await expect(page.getByRole('tabpanel', { name: /Problems/ }).getByRole('listitem').first()).toBeVisible();
      await expectNone(page, 'problems');

      const failing = await draftLine(page, { retailer: RETAILER, name: `Failing ${theme}`, nodes: [
        { id: 'start', kind: 'manual-trigger' },
        { id: 'stop', kind: 'raise-exception', config: { message: 'This order has no customer.' } },
      ] });
      await page.goto(`/flows/${failing}?node=stop`);
      await page.getByRole('banner').or(page.locator('header')).getByRole('button', { name: 'Test', exact: true }).click();
      await page.getByLabel('Event (JSON)').fill('{"order":"#1512"}');
      await page.getByRole('button', { name: 'Run test' }).click();
      await expect(page.getByText('This order has no customer.').first()).toBeVisible();
      await expectNone(page, 'a failing node');
    });

    test('on the desks and lists of a retailer', async ({ page }) => {
      await signIn(page, CONSULTANT);
      for (const [path, title] of [['/exceptions', 'Exceptions'], ['/exceptions?view=list', 'Exceptions'], ['/approvals', 'Approvals'], ['/replays', 'Replays']] as const) {
        await page.goto(path);
        await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
        await expect(page.getByRole('status', { name: 'Loading…' })).toHaveCount(0);
        await expectNone(page, path);
      }
      await page.goto('/retailers');
      await page.getByRole('link', { name: RETAILER }).click();
      await expect(page).toHaveURL(/\/retailers\/./);
      const base = page.url();
      for (const path of ['connections', 'tables']) {
        await page.goto(`${base}/${path}`);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.getByRole('status', { name: 'Loading…' })).toHaveCount(0);
        await expectNone(page, path);
      }
    });
  });
}
