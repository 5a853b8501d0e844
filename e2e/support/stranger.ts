import type { Locator, Page } from '@playwright/test';
import { Gestures } from './gestures.ts';
import type { Line, Pointer } from './pointer.ts';
import { expect } from './test.ts';

/** Builds flows in the designer as somebody would who was shown it once, and counts what the hands do. Names are those on the screen. */
export class Stranger {
  readonly page: Page;
  readonly hand: Gestures;
  readonly settings: Locator;
  readonly pointer: Pointer;

  constructor(page: Page, pointer: (hand: Gestures) => Pointer) {
    this.page = page;
    this.hand = new Gestures(page);
    this.pointer = pointer(this.hand);
    this.settings = page.getByRole('complementary', { name: 'Settings' });
  }

  node(label: string): Locator {
    return this.page.locator('.react-flow__node').filter({ hasText: label });
  }

  /** The first node, from the list an empty canvas shows. */
  async trigger(kind: string): Promise<void> {
    await this.pointer.press(this.page.getByRole('button', { name: `Start with: ${kind}` }));
    await expect(this.node(kind)).toBeFocused();
  }

  /** Adds a node behind the selected one. `search` is as little as brings it to the top of the list. */
  async add(search: string, label: string): Promise<void> {
    const before = await this.node(label).count();
    await this.hand.press('/');
    const menu = this.page.getByRole('combobox', { name: 'Search nodes' });
    await expect(menu).toBeFocused();
    await this.hand.type(search);
    await expect(this.page.getByRole('option', { name: label, exact: true })).toHaveAttribute('aria-selected', 'true');
    await this.hand.press('Enter');
    await expect(this.node(label)).toHaveCount(before + 1);
    await expect(this.page.locator('.react-flow__node.selected')).toBeFocused();
  }

  /** Pastes over the canvas: an event for the trigger, or the call that a documentation shows. */
  async paste(text: string, said: string): Promise<void> {
    await this.hand.paste(text);
    await expect(this.page.getByText(said).first()).toBeVisible();
    await expect(this.page.locator('.react-flow__node.selected')).toBeFocused();
  }

  async select(label: string): Promise<void> {
    await this.pointer.select(this.node(label).first(), label);
    await expect(this.node(label).first()).toHaveClass(/selected/);
  }

  async choose(field: string, option: string): Promise<void> {
    await this.pointer.choose(this.settings.getByRole('combobox', { name: field }), option);
  }

  /** Takes a field of the record where one is asked for. */
  async pick(field: string, path: string): Promise<void> {
    await this.pointer.pick(this.settings.getByRole('combobox', { name: field }), path);
  }

  /** Types into a field of the settings. */
  async fill(field: string, text: string): Promise<void> {
    const box = this.settings.getByLabel(field, { exact: true }).first();
    await this.pointer.enter(box);
    if ((await box.inputValue()) !== '') await this.hand.press('Control+A');
    await this.hand.type(text);
  }

  /** From a field back to the card, where the next key means the canvas again. */
  async leaveSettings(): Promise<void> {
    await this.hand.press('Escape');
    await expect(this.page.locator('.react-flow__node.selected')).toBeFocused();
  }

  async openMapper(): Promise<void> {
    await this.pointer.openMapper(this.page);
    await expect(this.page.locator('[data-mapper-room]')).toBeVisible();
  }

  /** Fills an empty mapping from an example: its fields become the targets. */
  async target(example: string): Promise<void> {
    await this.pointer.press(this.page.getByRole('button', { name: 'Choose a target schema' }).first());
    const dialog = this.page.getByRole('dialog', { name: 'Choose the target schema' });
    await this.pointer.enter(dialog.getByLabel('Text of the schema'));
    await this.hand.paste(example);
    await this.pointer.press(dialog.getByRole('button', { name: 'Use this schema' }));
    await expect(dialog).toBeHidden();
  }

  /** Accepts what is obvious if anything is, and draws the lines that are still missing. */
  async map(lines: readonly Line[]): Promise<void> {
    const obvious = this.page.getByRole('button', { name: /^Accept \d+ obvious/ });
    await expect(this.page.locator('[data-mapper-room][aria-busy="false"]')).toBeVisible();
    if ((await obvious.count()) > 0) {
      await this.pointer.acceptObvious(this.page);
      await expect(obvious).toHaveCount(0);
    }
    for (const line of lines) if (!(await this.isDrawn(line))) await this.pointer.draw(this.page, line);
  }

  /** Whether the row of a target says that it takes a field. */
  private async isDrawn({ source, target }: Line): Promise<boolean> {
    // A field of an item is called by its place in the item.
    const name = source.slice(source.lastIndexOf('[]') + 1).replace(/^\]\./, '');
    const text = await this.page.locator(`[data-side="target"][data-path="${target}"]`).first().getAttribute('aria-label');
    return text !== null && new RegExp(`← ${name.replaceAll('.', '\\.')}(?:[ ,]|$)`).test(text);
  }

  /** Adds a function that needs no arguments to the rule of a target. */
  async addFunction(target: string, name: string): Promise<void> {
    await this.pointer.openRow(this.page, target);
    const row = this.page.locator('#mapper-open-row');
    await this.pointer.menu(row.getByRole('button', { name: /^Add function to row/ }), name);
    await expect(row.getByText(name)).toBeVisible();
  }

  /** Fills a target from a look-up table, by a field that is its key. */
  async lookUp(target: string, { table, column, key }: { table: string; column: string; key: string }): Promise<void> {
    await this.pointer.openRow(this.page, target);
    const row = this.page.locator('#mapper-open-row');
    await this.pointer.press(row.getByRole('button', { name: 'Look-up' }));
    await this.pointer.pick(row.getByRole('combobox', { name: /^Table of row/ }), table);
    const columnBox = row.getByRole('combobox', { name: /^Column of row/ });
    if ((await columnBox.inputValue()) !== column) await this.pointer.pick(columnBox, column);
    await this.pointer.pick(row.getByRole('combobox', { name: /^Key of row/ }), key);
  }

  /** Draws an edge from an output of the selected node. */
  async connect(from: string, { port, to }: { port: string; to: string }): Promise<void> {
    const edges = this.page.locator('.react-flow__edge');
    const before = await edges.count();
    await this.pointer.connect(this.node(from).first(), { port, to: this.node(to).first(), toLabel: to });
    await expect(edges).toHaveCount(before + 1);
    await expect(this.node(from).first()).toHaveClass(/selected/);
  }

  /** Runs the draft up to the selected node; later nodes then know what arrives. */
  async runToHere(): Promise<void> {
    await this.hand.press('r');
    await expect(this.page.getByText(/Succeeded in/).first()).toBeVisible();
    await expect(this.page.locator('.react-flow__node.selected')).toBeFocused();
  }

  async closeMapper(): Promise<void> {
    const room = this.page.locator('[data-mapper-room]');
    // A row that is open closes first.
    if ((await this.page.locator('#mapper-open-row').count()) > 0) await this.hand.press('Escape');
    await this.hand.press('Escape');
    await expect(room).toHaveCount(0);
  }

  async publish(): Promise<void> {
    await this.pointer.publish(this.page);
    await expect(this.page.getByText('Live: version 1')).toBeVisible();
  }
}
