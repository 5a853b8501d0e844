import type { Locator, Page } from '@playwright/test';
import { Gestures, type Point } from '#e2e/support/gestures.ts';

/** What somebody skilled does in n8n's editor, counted. The shortest ways found: `n` for the list of nodes, cURL import for calls, fields dragged out of the input pane. */
export class N8nEditor {
  readonly page: Page;
  readonly hand: Gestures;

  constructor(page: Page) {
    this.page = page;
    this.hand = new Gestures(page);
  }

  id(id: string): Locator {
    return this.page.locator(`[data-test-id="${id}"]`);
  }

  /** A new, empty workflow is open; that it was opened is not counted. */
  async begin(url: string): Promise<void> {
    await this.page.goto(`${url}/workflow/new`, { waitUntil: 'domcontentloaded' });
    await this.page.getByText('Add first step').waitFor({ timeout: 60_000 });
  }

  /** The first node, chosen from the list of triggers. */
  async trigger(name: string): Promise<void> {
    await this.hand.press('n');
    await this.hand.click(this.page.getByText(name, { exact: true }));
    await this.page.waitForTimeout(1_000);
  }

  /** Shows the fields of an earlier node in the input pane. */
  async unfold(node: string): Promise<void> {
    await this.page.mouse.move(200, 500);
    await this.page.mouse.wheel(0, -20_000);
    const header = this.id('run-data-schema-header').filter({ hasText: node }).first();
    await this.hand.click(header);
    await this.page.waitForTimeout(500);
  }

  /** Drops a field on a parameter. */
  async drop(path: string, parameter: string): Promise<void> {
    await this.hand.drag(await this.field(path), this.id(`parameter-input-${parameter}`).first());
    await this.page.waitForTimeout(500);
  }

  async chooseTable(name: string): Promise<void> {
    await this.hand.click(this.id('rlc-input').first());
    await this.hand.click(this.id('rlc-item').getByText(name).first());
    await this.page.waitForTimeout(500);
  }

  /** Adds a node after the one selected; its settings open. `search` is as little as brings it to the top of the list. */
  async add(search: string, found: string, action?: string): Promise<void> {
    await this.hand.press('n');
    await this.id('node-creator-search-bar').waitFor();
    await this.hand.type(search);
    await this.page.locator('[data-test-id="node-creator-item-name"]').first().getByText(found, { exact: true }).waitFor();
    await this.hand.press('Enter');
    if (action !== undefined) await this.hand.click(this.page.getByText(action, { exact: true }).first());
    await this.id('ndv').waitFor();
  }

  /** Runs the step that is open, so that the nodes after it show its fields. */
  async execute(): Promise<void> {
    await this.hand.click(this.id('node-execute-button'));
    await this.id('output-panel').getByText(/^\d+ items?|^(True|False) Branch/).first().waitFor();
    await this.page.waitForTimeout(500);
  }

  /** The condition of an If node. */
  async condition(path: string, { group, operator }: { group: string; operator: string }): Promise<void> {
    await this.hand.drag(await this.field(path), this.id('parameter-input-left'));
    await this.hand.click(this.id('filter-operator-select'));
    await this.page.waitForTimeout(400);
    await this.page.getByRole('menuitem', { name: group, exact: true }).hover();
    await this.hand.click(this.page.getByRole('menuitem', { name: operator, exact: true }).first());
  }

  /** A loop comes with an empty place: fills it. */
  async fillLoop(search: string): Promise<void> {
    await this.hand.press('1');
    await this.page.waitForTimeout(700);
    await this.hand.click(this.node('Replace Me'));
    await this.hand.press('r');
    await this.id('node-creator-search-bar').waitFor();
    await this.hand.type(search);
    await this.page.waitForTimeout(700);
    await this.hand.press('Enter');
    await this.page.waitForTimeout(1_500);
    if (!(await this.id('ndv').isVisible())) await this.hand.press('Enter');
    await this.id('ndv').waitFor();
  }

  async select(node: string): Promise<void> {
    await this.hand.click(this.node(node));
  }

  node(name: string): Locator {
    return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
  }

  /** Draws a connection from an output, counted from 0, to the input of another node. */
  async connect(from: string, output: number, to: string): Promise<void> {
    const out = this.node(from).locator('[data-test-id="canvas-node-output-handle"]').nth(output);
    await this.hand.drag(out, this.node(to).locator('[data-test-id="canvas-node-input-handle"]').first());
    await this.page.waitForTimeout(500);
  }

  /** Leaves the settings; the node stays selected. */
  async close(): Promise<void> {
    // The editor hands on what was typed after a moment.
    await this.page.waitForTimeout(1_200);
    // In an editor of expressions the first Escape only leaves that editor: one click on the cross is shorter.
    if ((await this.page.locator('.cm-focused').count()) > 0) await this.hand.click(this.id('ndv-close-button'));
    else await this.hand.press('Escape');
    // Where Escape was for something else, the cross it is.
    await this.id('ndv').waitFor({ state: 'hidden', timeout: 8_000 }).catch(() => this.hand.click(this.id('ndv-close-button')));
    await this.id('ndv').waitFor({ state: 'hidden' });
    await this.page.waitForTimeout(400);
  }

  async choose(parameter: string, option: string | RegExp): Promise<void> {
    await this.page.waitForTimeout(300);
    await this.hand.click(this.id(`parameter-input-${parameter}`).first());
    await this.page.waitForTimeout(500);
    await this.hand.click(this.page.locator('.el-select-dropdown__item:visible').getByText(option, { exact: true }).first());
  }

  /** The trigger listens, and the shop sends an event: later nodes then show its fields. */
  async listen(send: (url: string) => Promise<void>): Promise<void> {
    const url = /http:\S+webhook-test\/[0-9a-f-]+/.exec((await this.page.locator('body').innerText()).replaceAll('\n', ''))?.[0];
    if (url === undefined) throw new Error('The webhook shows no address.');
    await this.hand.click(this.page.getByRole('button', { name: 'Listen for test event' }).last());
    await this.page.waitForTimeout(1_500);
    await send(url);
    await this.page.getByText('Node executed successfully').first().waitFor();
  }

  /** A call as the documentation of the far system shows it, and the credential that is there. */
  async call(curl: string, auth: 'Bearer Auth' | 'Header Auth', credential: string): Promise<void> {
    await this.hand.click(this.page.getByRole('button', { name: 'Import cURL' }));
    await this.page.waitForTimeout(500);
    await this.hand.paste(curl);
    await this.hand.click(this.page.getByRole('button', { name: 'Import', exact: true }));
    await this.page.waitForTimeout(500);
    await this.choose('authentication', 'Generic Credential Type');
    await this.choose('genericAuthType', auth);
    const chosen = this.id('node-credentials-select').first();
    await chosen.waitFor();
    await this.page.waitForTimeout(500);
    if ((await chosen.locator('input').inputValue().catch(() => chosen.innerText())).includes(credential)) return;
    await this.hand.click(chosen);
    await this.hand.click(this.page.locator('.el-select-dropdown__item:visible').getByText(credential, { exact: true }).first());
  }

  /** Lets a parameter hold expressions. */
  async express(parameter: string): Promise<void> {
    await this.hand.click(this.editor(parameter));
    await this.hand.click(this.id(`parameter-input-${parameter}`).locator('xpath=ancestor::*[.//*[text()="Expression"]][1]').getByText('Expression', { exact: true }).first());
    await this.page.waitForTimeout(300);
  }

  editor(parameter: string): Locator {
    return this.id(`parameter-input-${parameter}`).locator('.cm-content').first();
  }

  /** A field of the input pane, wherever it must be scrolled to. */
  async field(path: string): Promise<Locator> {
    const field = this.page.locator(`[data-target="mappable"][data-path="${path}"]`).first();
    await this.page.mouse.move(200, 500);
    for (const step of [0, -20_000, ...Array.from({ length: 40 }, () => 350)]) {
      await this.page.mouse.wheel(0, step);
      await this.page.waitForTimeout(step === 0 ? 0 : 120);
      if ((await field.count()) > 0) break;
    }
    return field;
  }

  /** Puts a field in the place of a word of an example: the word is selected, deleted, and the field dropped there. */
  async replace(parameter: string, word: string, path: string): Promise<void> {
    const at = await this.placeOf(parameter, word);
    await this.hand.clickAt({ x: (at.left + at.right) / 2, y: at.y }, 2);
    await this.hand.press('Delete');
    const field = await this.field(path);
    await this.hand.drag(field, { x: at.left + 1, y: at.y });
    await this.page.waitForTimeout(400);
  }

  /** Puts a field in the place of the example's value in a row of the body, after a sign that is typed. */
  async replaceRow(row: number, path: string, sign = ''): Promise<void> {
    const value = this.id('parameter-input-value').nth(row);
    await this.hand.click(value.locator('input, textarea').first());
    await this.hand.press('Control+a');
    if (sign === '') await this.hand.press('Delete');
    else await this.hand.type(sign);
    await this.page.waitForTimeout(500);
    await this.hand.drag(await this.field(path), value);
    await this.page.waitForTimeout(500);
  }

  /** Selects from one word to the end of another: a click, and one with Shift. The editor is too low for both ends to be in sight of one drag. */
  async selectOver(parameter: string, first: string, last: string): Promise<void> {
    const from = await this.placeOf(parameter, first);
    await this.hand.clickAt({ x: from.left + 1, y: from.y });
    await this.placeOf(parameter, last);
    await this.page.waitForTimeout(500);
    const to = await this.placeOf(parameter, last, false);
    await this.page.keyboard.down('Shift');
    await this.hand.clickAt({ x: to.right, y: to.y });
    await this.page.keyboard.up('Shift');
    await this.page.waitForTimeout(500);
  }

  async placeOf(parameter: string, word: string, scroll = true): Promise<Point & { left: number; right: number }> {
    const found = await this.editor(parameter).evaluate((root, { word: wanted, scroll: toIt }) => {
      for (const line of root.querySelectorAll('.cm-line')) {
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        const parts: { node: Node; start: number; length: number }[] = [];
        let text = '';
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const part = node.textContent ?? '';
          parts.push({ node, start: text.length, length: part.length });
          text += part;
        }
        const start = text.indexOf(wanted);
        if (start < 0) continue;
        if (toIt) line.scrollIntoView({ block: 'center' });
        const end = start + wanted.length;
        const partAt = (offset: number) => parts.find((part) => offset <= part.start + part.length) ?? parts[0];
        const [from, to] = [partAt(start + 1), partAt(end)];
        if (from === undefined || to === undefined) continue;
        const range = document.createRange();
        range.setStart(from.node, start - from.start);
        range.setEnd(to.node, end - to.start);
        const box = range.getBoundingClientRect();
        return { left: box.left, right: box.right, x: box.left + box.width / 2, y: box.top + box.height / 2 };
      }
      return null;
    }, { word, scroll });
    if (found === null) throw new Error(`The editor does not show ${word}.`);
    return found;
  }

  /** Makes the workflow live; the editor saves by itself some seconds after the last change. */
  async publish(): Promise<void> {
    await this.page.waitForTimeout(4_000);
    await this.hand.click(this.page.getByRole('button', { name: 'Publish' }).first());
    await this.page.waitForTimeout(1_500);
    const confirm = this.page.getByRole('dialog').getByRole('button', { name: 'Publish' });
    if ((await confirm.count()) > 0) await this.hand.click(confirm.first());
    await this.page.waitForTimeout(1_500);
  }
}
