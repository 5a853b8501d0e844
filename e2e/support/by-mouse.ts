import type { Locator, Page } from '@playwright/test';
import type { Gestures } from './gestures.ts';
import type { Pointer } from './pointer.ts';
import { expect } from './test.ts';

/** A stranger with a mouse. */
export const byMouse = (hand: Gestures): Pointer => ({
  press: (target) => hand.click(target),
  enter: (field) => hand.click(field),
  async choose(list, option) {
    await hand.click(list);
    await hand.click(hand.page.getByRole('option', { name: option }).first());
  },
  async pick(field, path) {
    await hand.click(field);
    await hand.click(hand.page.getByRole('option').filter({ has: hand.page.getByText(path, { exact: true }) }).first());
  },
  async select(node) {
    // A key shows the whole flow.
    if (!(await isInSight(node))) await hand.press('1');
    await expect.poll(() => isInSight(node)).toBe(true);
    await hand.click(node);
  },
  async connect(from, { port, to }) {
    await hand.drag(from.locator(`.react-flow__handle.source[data-handleid="${port}"]`), to.locator('.react-flow__handle.target').first());
  },
  openMapper: (page) => hand.click(page.getByRole('button', { name: 'Open the mapper' })),
  acceptObvious: (page) => hand.click(page.getByRole('button', { name: /^Accept \d+ obvious/ })),
  async openRow(page, target) {
    const row = rowOf(page, 'target', target);
    await scrollTo(page, row, '#mapper-target');
    await hand.click(row);
  },
  async menu(button, item) {
    await hand.click(button);
    await hand.click(hand.page.getByRole('menuitem', { name: item, exact: true }));
  },
  async draw(page, { source, target }) {
    const from = rowOf(page, 'source', source);
    const to = rowOf(page, 'target', target);
    await scrollTo(page, from, '#mapper-source');
    await scrollTo(page, to, '#mapper-target');
    await hand.drag(from.locator('[data-dot]'), to.locator('[data-dot]'));
  },
  async publish(page) {
    await hand.click(page.getByRole('button', { name: 'Publish', exact: true }));
    await hand.click(page.getByRole('button', { name: 'Publish version 1' }));
  },
});

/** Whether the middle of a card can be clicked: nothing lies over it. */
function isInSight(node: Locator): Promise<boolean> {
  return node.evaluate((card) => {
    const { x, y, width, height } = card.getBoundingClientRect();
    return card.contains(document.elementFromPoint(x + width / 2, y + height / 2));
  });
}

function rowOf(page: Page, side: 'source' | 'target', path: string): Locator {
  return page.locator(`[data-side="${side}"][data-path="${path}"]`);
}

/** Turns the wheel over a pane, from its top, until a row is in it: only rows near the view are drawn. */
async function scrollTo(page: Page, row: Locator, pane: string): Promise<void> {
  await expect(page.locator(pane)).toBeVisible();
  if ((await row.count()) === 0) await page.locator(pane).evaluate((element) => element.scrollTo({ top: 0 }));
  await expect(async () => {
    if ((await row.count()) === 0) await page.locator(pane).evaluate((element) => element.scrollBy({ top: 200 }));
    await expect(row).toBeVisible({ timeout: 50 });
  }).toPass({ intervals: [50] });
}
