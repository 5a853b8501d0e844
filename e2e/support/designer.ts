import type { Locator, Page } from '@playwright/test';
import { PASSWORD } from './people.ts';
import { expect } from './test.ts';

/** What a consultant does in the designer, by mouse. Names are those on the screen. */
export class DesignerPage {
  readonly page: Page;
  readonly canvas: Locator;
  readonly inspector: Locator;

  constructor(page: Page) {
    this.page = page;
    this.canvas = page.locator('.react-flow__pane');
    this.inspector = page.getByRole('complementary', { name: 'Settings' });
  }

  /** The card of a node on the canvas. */
  node(label: string): Locator {
    return this.page.locator('.react-flow__node').filter({ hasText: label });
  }

  /** Drags a node kind from the palette to a place on the canvas, in pixels from its upper left corner. */
  async drag(kind: string, to: { x: number; y: number }): Promise<void> {
    await this.page.getByRole('button', { name: kind, exact: true }).dragTo(this.canvas, { targetPosition: to });
    await expect(this.node(kind)).toBeVisible();
  }

  /** Draws an edge by mouse from the output of one node to the input of another. */
  async connect(from: string, to: string): Promise<void> {
    const start = await centre(this.node(from).locator('.react-flow__handle.source'));
    const end = await centre(this.node(to).locator('.react-flow__handle.target'));
    const { mouse } = this.page;
    await mouse.move(start.x, start.y);
    await mouse.down();
    await mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 5 });
    await mouse.move(end.x, end.y, { steps: 5 });
    await mouse.up();
  }

  async select(label: string): Promise<void> {
    await this.node(label).click();
    // After a test the inspector opens on what the node did.
    const setup = this.inspector.getByRole('tab', { name: 'Setup' });
    if ((await setup.count()) > 0) await setup.click();
    await expect(this.inspector.getByLabel('Name', { exact: true })).toBeVisible();
  }

  /** Chooses from a list of the inspector. */
  async choose(field: string, option: string): Promise<void> {
    await this.inspector.getByRole('combobox', { name: field }).click();
    await this.page.getByRole('option', { name: option }).first().click();
  }

  /** Fills a row of the mapping, source field → target field, and adds it first where it is not there. `10.2` is row 2 of the list in row 10. */
  async mapField(row: string, rule: { source: string; target: string }): Promise<void> {
    const group = row.includes('.') ? row.slice(0, row.lastIndexOf('.')) : null;
    const place = group === null ? this.inspector : this.inspector.getByRole('group', { name: `Row ${group}`, exact: true });
    // A new list begins with one empty row.
    const there = await this.inspector.getByLabel(`Target of row ${row}`, { exact: true }).count();
    if (there === 0) await place.getByRole('button', { name: 'Add field' }).first().click();
    await this.fillRow(row, rule);
  }

  /** Adds a list that is mapped item by item. */
  async mapList(row: string, rule: { source: string; target: string }): Promise<void> {
    await this.inspector.getByRole('button', { name: 'Add list' }).last().click();
    await this.fillRow(row, rule);
  }

  private async fillRow(row: string, rule: { source: string; target: string }): Promise<void> {
    await this.inspector.getByRole('combobox', { name: `Source of row ${row}`, exact: true }).fill(rule.source);
    await this.page.keyboard.press('Escape');
    await this.inspector.getByLabel(`Target of row ${row}`, { exact: true }).fill(rule.target);
  }
}

/** What a consultant does in the designer without a mouse. No method moves the focus but by keys. */
export class DesignerKeys {
  readonly page: Page;
  readonly inspector: Locator;
  readonly nodes: Locator;
  readonly edges: Locator;

  constructor(page: Page) {
    this.page = page;
    this.inspector = page.getByRole('complementary', { name: 'Settings' });
    this.nodes = page.locator('.react-flow__node');
    this.edges = page.locator('.react-flow__edge');
  }

  /** The card of a node on the canvas. */
  readonly node = (label: string): Locator => this.nodes.filter({ hasText: label });

  /** Presses Tab until the focus has come to an element; the way round the page is finite. On a card Tab adds a node, so from there it goes backwards. */
  async tabTo(target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    let key = 'Tab';
    for (let presses = 0; presses < 150; presses += 1) {
      const at = await target.evaluate((element) => (element === document.activeElement ? 'target' : document.activeElement?.closest('.react-flow__node') ? 'card' : 'elsewhere'));
      if (at === 'target') return;
      if (at === 'card') key = 'Shift+Tab';
      await this.page.keyboard.press(key);
    }
    throw new Error('Tab does not reach it');
  }

  /** Goes to a button or link and presses Enter. */
  async press(target: Locator): Promise<void> {
    await expect(target).toBeEnabled();
    await this.tabTo(target);
    await this.page.keyboard.press('Enter');
  }

  async signIn(email: string): Promise<void> {
    await this.page.goto('/sign-in');
    await this.tabTo(this.page.getByLabel('E-mail'));
    await this.page.keyboard.insertText(email);
    await this.tabTo(this.page.getByLabel('Password', { exact: true }));
    await this.page.keyboard.insertText(PASSWORD);
    await this.page.keyboard.press('Enter');
    await expect(this.page).not.toHaveURL(/sign-in/);
  }

  async newFlow(retailer: string, name: string): Promise<void> {
    await this.press(this.page.getByRole('link', { name: retailer }));
    await this.press(this.page.getByRole('button', { name: 'New flow' }).first());
    await this.tabTo(this.page.getByRole('dialog').getByLabel('Name'));
    await this.page.keyboard.insertText(name);
    await this.page.keyboard.press('Enter');
    await expect(this.page).toHaveURL(/\/flows\//);
    await expect(this.page.getByRole('heading', { name: 'Flow settings' })).toBeVisible();
  }

  /** Adds a node kind by its name; it follows the selected node. */
  async add(kind: string): Promise<void> {
    await this.page.keyboard.press('/');
    await expect(this.page.getByRole('combobox', { name: 'Search nodes' })).toBeFocused();
    await this.page.keyboard.insertText(kind);
    await expect(this.page.getByRole('option', { name: kind }).first()).toHaveAttribute('aria-selected', 'true');
    await this.page.keyboard.press('Enter');
    await expect(this.node(kind)).toBeVisible();
  }

  async select(label: string): Promise<void> {
    await this.tabTo(this.node(label));
    await this.page.keyboard.press('Enter');
    await expect(this.node(label)).toHaveClass(/selected/);
  }

  /** Selects a node and goes on to its settings. */
  async openSettings(label: string): Promise<void> {
    await this.tabTo(this.node(label));
    // On a node that is selected already the first Enter leads there.
    if (!/\bselected\b/.test((await this.node(label).getAttribute('class')) ?? '')) await this.select(label);
    await this.page.keyboard.press('Enter');
    await expect(this.inspector.getByLabel('Name', { exact: true })).toBeFocused();
  }

  /** Chooses from a list of the inspector. */
  async choose(field: string, option: string): Promise<void> {
    await this.press(this.inspector.getByRole('combobox', { name: field }));
    const wanted = this.page.getByRole('option', { name: option, exact: true });
    await expect(wanted).toBeVisible();
    for (let presses = 0; presses < 50; presses += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) break;
      await this.page.keyboard.press('ArrowDown');
    }
    await this.page.keyboard.press('Enter');
    await expect(wanted).toBeHidden();
  }

  async saved(): Promise<void> {
    await expect(this.page.getByText(/^Saved \d/)).toBeVisible();
  }

  async publish(number: number): Promise<void> {
    await this.saved();
    await this.press(this.page.getByRole('button', { name: 'Publish', exact: true }));
    await this.press(this.page.getByRole('button', { name: `Publish version ${number}` }));
    await expect(this.page.getByText(`Live: version ${number}`)).toBeVisible();
  }
}

async function centre(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('not on the screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
