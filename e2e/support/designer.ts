import type { Locator, Page } from '@playwright/test';
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

async function centre(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('not on the screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
