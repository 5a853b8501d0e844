import type { Locator, Page } from '@playwright/test';
import { DesignerKeys } from './support/designer.ts';
import { expect, test } from './support/test.ts';

const CONSULTANT = 'consultant@harbor.example';

test('a flow is drawn, changed and taken back by keyboard alone', async ({ page }) => {
  const keys = new DesignerKeys(page);
  const { node, nodes, edges } = keys;
  await keys.signIn(CONSULTANT);
  await keys.newFlow('Nordlicht Outdoor', 'By keyboard');

  await test.step('add nodes: the next one follows the selected one', async () => {
    await keys.add('Manual start');
    await keys.add('Map fields');
    await expect(edges).toHaveCount(1);
  });

  await test.step('add one that follows nothing, and connect it by the inspector', async () => {
    await keys.tabTo(node('Map fields'));
    await page.keyboard.press('Escape');
    await expect(page.getByRole('heading', { name: 'Flow settings' })).toBeVisible();
    await keys.add('HTTP request');
    await expect(edges).toHaveCount(1);
    await keys.openSettings('Map fields');
    await keys.choose('Connect to…', 'HTTP request');
    await expect(edges).toHaveCount(2);
  });

  await test.step('undo and redo it', async () => {
    await page.keyboard.press('Control+z');
    await expect(edges).toHaveCount(1);
    await page.keyboard.press('Control+Shift+Z');
    await expect(edges).toHaveCount(2);
  });

  await test.step('move a node', async () => {
    await keys.select('HTTP request');
    const before = await place(node('HTTP request'));
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => place(node('HTTP request'))).not.toBe(before);
    await page.keyboard.press('Control+z');
    await expect.poll(() => place(node('HTTP request'))).toBe(before);
  });

  await test.step('rename one, and go back to it from its settings', async () => {
    await keys.openSettings('HTTP request');
    await expect(keys.inspector.getByLabel('Name', { exact: true })).toBeFocused();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('Tell the ERP');
    await page.keyboard.press('Escape');
    await expect(node('Tell the ERP')).toBeFocused();
  });

  await test.step('delete a node and bring it back', async () => {
    await keys.select('Map fields');
    await page.keyboard.press('Delete');
    await expect(nodes).toHaveCount(2);
    await expect(edges).toHaveCount(0);
    await expect(node('Manual start')).toBeFocused();
    await page.keyboard.press('Control+z');
    await expect(nodes).toHaveCount(3);
    await expect(edges).toHaveCount(2);
  });

  await test.step('save, reload, and undo what was done before', async () => {
    await page.keyboard.press('Control+s');
    await keys.saved();
    await page.reload();
    await expect(node('Tell the ERP')).toBeVisible();
    await expect(edges).toHaveCount(2);
    await page.keyboard.press('Control+z');
    await expect(node('HTTP request')).toBeVisible();
    await keys.saved();
  });
});

test.describe('two people in one draft', () => {
  test.use({ expectedErrors: [/409 \(Conflict\)/] });

  test('each may go on with either draft, and undo reaches the other', async ({ page, context }) => {
    const first = new DesignerKeys(page);
    await first.signIn(CONSULTANT);
    await first.newFlow('Nordlicht Outdoor', 'Two at once');
    await first.add('Manual start');
    await first.saved();
    const other = await context.newPage();
    const second = new DesignerKeys(other);
    await other.goto(page.url());
    await expect(second.node('Manual start')).toBeVisible();

    await test.step('the second keeps theirs against the first', async () => {
      await first.add('Filter');
      await first.saved();
      await second.add('Batch');
      const dialog = conflictOf(other);
      await expect(dialog).toContainText('“Filter” is only in theirs');
      await expect(dialog).toContainText('“Batch” is only in yours');
      // It may wait: the header says so and leads back.
      await other.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
      await second.press(other.getByRole('button', { name: 'Choose…' }));
      await second.press(dialog.getByRole('button', { name: 'Keep mine' }));
      await expect(dialog).toBeHidden();
      await second.saved();
      await expect(second.node('Batch')).toBeVisible();
      await expect(second.node('Filter')).toHaveCount(0);
      await other.keyboard.press('Control+z');
      await expect(second.node('Filter')).toBeVisible();
      await other.keyboard.press('Control+Shift+Z');
      await expect(second.node('Batch')).toBeVisible();
      await second.saved();
    });

    await test.step('the first takes what the second kept', async () => {
      await first.add('Split list');
      const dialog = conflictOf(page);
      await first.press(dialog.getByRole('button', { name: 'Take theirs' }));
      await expect(dialog).toBeHidden();
      await expect(first.node('Batch')).toBeVisible();
      await expect(first.node('Split list')).toHaveCount(0);
      await page.keyboard.press('Control+z');
      await expect(first.node('Split list')).toBeVisible();
      await expect(first.node('Filter')).toBeVisible();
      await first.saved();
    });
  });
});

test('a version is published, replaced, restored as draft and made live again', async ({ page }) => {
  const keys = new DesignerKeys(page);
  const { node } = keys;
  await keys.signIn(CONSULTANT);
  await keys.newFlow('Kaffeewerk', 'Versions');
  await keys.add('Manual start');
  await keys.add('Batch');
  await keys.publish(1);

  await keys.openSettings('Batch');
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('Hundreds');
  await keys.publish(2);

  const version = page.getByRole('listitem', { name: 'Version 1' });
  await test.step('restore version 1: the draft is as it was, and version 2 stays live', async () => {
    await keys.press(page.getByRole('button', { name: 'Versions', exact: true }));
    await keys.press(version.getByRole('button', { name: 'Restore as draft' }));
    await keys.press(page.getByRole('button', { name: 'Restore version 1' }));
    await expect(node('Hundreds')).toHaveCount(0);
    await expect(node('Batch')).toBeVisible();
    await expect(page.getByText('Live: version 2')).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(node('Hundreds')).toBeVisible();
  });

  await test.step('make version 1 live, pause it, and start it again', async () => {
    await keys.press(page.getByRole('button', { name: 'Versions', exact: true }));
    await keys.press(version.getByRole('button', { name: 'Activate' }));
    await keys.press(page.getByRole('button', { name: 'Activate version 1' }));
    await expect(version.getByText('Live', { exact: true })).toBeVisible();
    await keys.press(page.getByRole('dialog', { name: 'Versions' }).getByRole('button', { name: 'Close' }));
    await expect(version).toBeHidden();
    await keys.press(page.getByRole('button', { name: 'Live: version 1' }));
    await page.keyboard.press('Enter'); // The menu opens on its first entry: deactivate.
    await keys.press(page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }));
    await keys.press(page.getByRole('button', { name: 'Paused: version 1' }));
    await page.keyboard.press('Enter');
    await keys.press(page.getByRole('dialog').getByRole('button', { name: 'Activate version 1' }));
    await expect(page.getByRole('button', { name: 'Live: version 1' })).toBeVisible();
  });
});

function conflictOf(page: Page): Locator {
  return page.getByRole('dialog', { name: 'The draft was changed by somebody else' });
}

/** Where a node stands on the canvas, whatever part of it is shown. */
function place(node: Locator): Promise<string> {
  return node.evaluate((element) => (element instanceof HTMLElement ? element.style.transform : ''));
}
