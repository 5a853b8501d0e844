import type { Locator } from '@playwright/test';
import type { Gestures } from './gestures.ts';
import type { Pointer } from './pointer.ts';
import { expect } from './test.ts';

/** A stranger without a mouse: nothing moves the focus but keys, and every one of them is counted. */
export const byKeys = (hand: Gestures): Pointer => {
  const { page } = hand;

  /** Goes to an element by the nearer of Tab and Shift+Tab; the way round the page is finite. */
  async function reach(target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    if (await hasFocus(target)) return;
    // From a card the key of the sheet leads to its settings.
    if (await target.evaluate((element) => document.activeElement?.closest('.react-flow__node') != null && element.closest('#designer-inspector') !== null)) {
      await hand.press('Enter');
      await expect(page.locator('#designer-inspector :focus')).toBeVisible();
    }
    for (let presses = 0; presses < 120 && !(await hasFocus(target)); presses += 1) {
      await hand.press((await target.evaluate(isBehindFocus)) ? 'Tab' : 'Shift+Tab');
    }
    await expect(target).toBeFocused();
  }

  return {
    async press(target) {
      await expect(target).toBeEnabled();
      await reach(target);
      await hand.press('Enter');
    },
    enter: reach,
    async choose(list, option) {
      await reach(list);
      await hand.press('Enter');
      await expect(page.getByRole('option', { name: option }).first()).toBeVisible();
      await walkTo(hand, page.getByRole('option', { name: option }).first());
      await hand.press('Enter');
      await expect(page.getByRole('option')).toHaveCount(0);
    },
    async pick(field, path) {
      await reach(field);
      await pickTyped(hand, path);
    },
    async select(node, label) {
      if (await hasFocus(node)) return;
      await hand.press('Control+f');
      await expect(page.getByRole('combobox', { name: 'Name, kind or setting' })).toBeFocused();
      await hand.type(label.slice(0, 3));
      await expect(page.getByRole('option').first()).toContainText(label);
      await hand.press('Enter');
      await expect(node).toHaveClass(/selected/);
      await hand.press('Escape');
      await expect(node).toBeFocused();
    },
    async connect(from, { toLabel }) {
      await expect(from).toBeFocused();
      await hand.press('c');
      await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
      await hand.type(toLabel.slice(0, 3));
      await expect(page.getByRole('option').first()).toContainText(toLabel);
      await hand.press('Enter');
    },
    async openMapper() {
      await hand.press('Shift+Enter');
    },
    async acceptObvious() {
      if ((await page.locator('#mapper-source:focus, #mapper-target:focus').count()) === 0) await reach(page.locator('#mapper-target'));
      await hand.press('a');
    },
    async openRow(_page, target) {
      await reach(page.locator('#mapper-target'));
      await walkRows(hand, target);
      await hand.press('Enter');
      await expect(page.locator('#mapper-open-row :focus')).toBeVisible();
    },
    async menu(button, item) {
      await reach(button);
      await hand.press('Enter');
      const wanted = page.getByRole('menuitem', { name: item, exact: true });
      await expect(wanted).toBeVisible();
      // A menu goes to the first entry that begins with what is typed.
      for (const sign of item) {
        await hand.type(sign);
        if (await hasFocus(wanted)) break;
      }
      await expect(wanted).toBeFocused();
      await hand.press('Enter');
    },
    async draw(_page, { source, target }) {
      await reach(page.locator('#mapper-target'));
      await walkRows(hand, target);
      await hand.press('Enter');
      const field = page.locator('#mapper-open-row input').first();
      await expect(field).toBeVisible();
      // What was suggested, and is not what is wanted, is written over.
      const filled = (await field.inputValue()) !== '';
      if (filled) {
        await reach(field);
        await hand.press('Control+a');
      }
      await expect(field).toBeFocused();
      await pickTyped(hand, source);
      if (filled) await hand.press('Escape');
      await expect(page.locator('#mapper-target')).toBeFocused();
    },
    async publish() {
      await hand.press('Control+k');
      await hand.type('pub');
      await expect(page.getByRole('option').first()).toContainText('Publish');
      await hand.press('Enter');
      const confirm = page.getByRole('button', { name: 'Publish version 1' });
      await reach(confirm);
      await hand.press('Enter');
    },
  };
};

async function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}

function isBehindFocus(element: Element): boolean {
  const held = document.activeElement;
  if (held === null || held === document.body) return true;
  const stops = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex]')].filter((one) => one.tabIndex >= 0 && one.checkVisibility());
  const ahead = (stops.indexOf(element instanceof HTMLElement ? element : document.body) - stops.findIndex((one) => one === held) + stops.length) % stops.length;
  return ahead <= stops.length / 2;
}

/** Arrow keys in an open list. */
async function walkTo(hand: Gestures, option: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await option.evaluate((element) => element === document.activeElement || element.getAttribute('aria-selected') === 'true' && element.getAttribute('data-highlighted') !== null)) return;
    const down = await option.evaluate((element) => (document.activeElement?.compareDocumentPosition(element) ?? 0) !== Node.DOCUMENT_POSITION_PRECEDING);
    await hand.press(down ? 'ArrowDown' : 'ArrowUp');
  }
}

/** Types the beginning of a path until it stands near the top of what is offered, and takes it. */
async function pickTyped(hand: Gestures, path: string): Promise<void> {
  const { page } = hand;
  const wanted = page.getByRole('option').filter({ has: page.getByText(path, { exact: true }) }).first();
  const place = async (): Promise<number> => (await page.getByRole('option').allInnerTexts()).findIndex((text) => text.split('\n')[0]?.trim() === path);
  const name = path.slice(path.lastIndexOf('.') + 1);
  for (const sign of name) {
    await hand.type(sign);
    await expect(wanted).toBeVisible();
    if ((await place()) <= 1) break;
  }
  for (let presses = 0; presses < 40 && (await wanted.getAttribute('aria-selected')) !== 'true'; presses += 1) await hand.press('ArrowDown');
  await hand.press('Enter');
}

/** Arrow keys in the tree of what leaves. */
async function walkRows(hand: Gestures, target: string): Promise<void> {
  const tree = hand.page.locator('#mapper-target');
  const wanted = `mapper-target-${target}`;
  for (let presses = 0; presses < 200; presses += 1) {
    const active = (await tree.getAttribute('aria-activedescendant')) ?? '';
    if (active === wanted) return;
    const down = await hand.page.evaluate(([from = '', to = '']) => {
      const [here, there] = [document.getElementById(from), document.getElementById(to)];
      return here === null || there === null || here.getBoundingClientRect().y < there.getBoundingClientRect().y;
    }, [active, wanted]);
    await hand.press(down ? 'ArrowDown' : 'ArrowUp');
  }
  throw new Error(`The arrow keys do not reach ${target}.`);
}
