import type { Browser, CDPSession, Page } from '@playwright/test';
import type { Editor } from './editor.ts';
import { quantile, watchFrames, type FrameFigures } from './frames.ts';

export interface CanvasFigures {
  size: number;
  /** From the navigation until a click on a node has selected it, in ms; median of the openings. */
  openMs: number;
  drag: FrameFigures;
  pan: FrameFigures;
  /** MB of JavaScript heap after collecting garbage: as opened, and after the edits. */
  heapMb: number;
  heapAfterMb: number;
}

export interface PreviewFigures {
  fields: number;
  what: string;
  /** From the key to the frame that shows the new result, in ms. */
  p50: number;
  p95: number;
}

const MOVES = 120;
const OPENINGS = 3;
/** Two clicks closer than this are a double click, which opens a node. */
const CLICK_MS = 600;

export async function measureCanvas(browser: Browser, editor: Editor, { sizes, edits }: { sizes: readonly number[]; edits: number }): Promise<CanvasFigures[]> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: editor.baseURL });
  const page = await context.newPage();
  await editor.prepare(page, sizes);
  const figures: CanvasFigures[] = [];
  for (const size of sizes) figures.push(await measureSize(page, editor, { size, edits }));
  await context.close();
  return figures;
}

async function measureSize(page: Page, editor: Editor, { size, edits }: { size: number; edits: number }): Promise<CanvasFigures> {
  const openings: number[] = [];
  for (let opening = 0; opening < OPENINGS; opening += 1) openings.push(await open(page, editor, size));
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  // What an editor still does after it has opened belongs to opening it.
  await page.waitForTimeout(2_000);
  const heapMb = await heap(cdp);
  const drag = await watchFrames(page, { cdp, moves: MOVES }, () => dragNode(page, editor, { moves: MOVES, span: 160 }));
  const pan = await watchFrames(page, { cdp, moves: MOVES }, () => panView(page, editor));
  await open(page, editor, size);
  for (let edit = 0; edit < edits; edit += 1) await dragNode(page, editor, { moves: 3, span: edit % 2 === 0 ? 40 : -40 });
  const heapAfterMb = await heap(cdp);
  await cdp.detach();
  return { size, openMs: Math.round(quantile(openings, 0.5)), drag, pan, heapMb, heapAfterMb };
}

async function open(page: Page, editor: Editor, size: number): Promise<number> {
  await page.goto('about:blank');
  const begun = performance.now();
  await page.goto(editor.address(size), { waitUntil: 'commit' });
  await page.locator(editor.node).first().waitFor({ timeout: 120_000 });
  for (;;) {
    const at = await nodeInView(page, editor);
    if (at !== null) await page.mouse.click(at.x, at.y);
    const chosen = await page.locator(editor.selected).first().waitFor({ timeout: CLICK_MS }).then(() => true, () => false);
    if (chosen) return performance.now() - begun;
    if (performance.now() - begun > 120_000) throw new Error(`${editor.name}: no node of ${size} can be selected.`);
  }
}

async function dragNode(page: Page, editor: Editor, { moves, span }: { moves: number; span: number }): Promise<void> {
  const at = await nodeInView(page, editor);
  if (at === null) throw new Error(`${editor.name} shows no node.`);
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  for (let move = 1; move <= moves; move += 1) await page.mouse.move(at.x + (span * move) / moves, at.y + (span * move) / moves / 2);
  await page.mouse.up();
}

async function panView(page: Page, editor: Editor): Promise<void> {
  const from = await emptyPlace(page, editor);
  const { key, button } = editor.pan;
  await page.mouse.move(from.x, from.y);
  if (key !== undefined) await page.keyboard.down(key);
  await page.mouse.down({ button });
  for (let move = 1; move <= MOVES; move += 1) await page.mouse.move(from.x - move * 2, from.y - move);
  await page.mouse.up({ button });
  if (key !== undefined) await page.keyboard.up(key);
}

/** The middle of a node that can be grabbed where it is: nearest to the middle of the page. */
function nodeInView(page: Page, editor: Editor): Promise<{ x: number; y: number } | null> {
  return page.evaluate((selector) => {
    let best: { x: number; y: number; far: number } | null = null;
    for (const node of document.querySelectorAll(selector)) {
      const box = node.getBoundingClientRect();
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const far = Math.hypot(x - 720, y - 450);
      if (box.width === 0 || (best !== null && best.far <= far)) continue;
      const hit = document.elementFromPoint(x, y);
      if (hit !== null && node.contains(hit)) best = { x, y, far };
    }
    return best;
  }, editor.node);
}

function emptyPlace(page: Page, editor: Editor): Promise<{ x: number; y: number }> {
  return page.evaluate((selector) => {
    for (let y = 600; y > 200; y -= 12) {
      for (let x = 900; x > 400; x -= 12) if (document.elementFromPoint(x, y)?.matches(selector)) return { x, y };
    }
    return { x: 900, y: 600 };
  }, editor.pane);
}

async function heap(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return Math.round(usedSize / 100_000) / 10;
}

/** Types into the place where a value is worked out, and watches how long its result takes. */
export async function measurePreview(browser: Browser, editor: Editor, fields: number): Promise<PreviewFigures | null> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: editor.baseURL });
  const page = await context.newPage();
  try {
    await editor.prepare(page, []);
    const place = await editor.openPreview(page, fields);
    if (place === null) return null;
    const taken: number[] = [];
    await page.locator(place.input).first().focus();
    for (const key of place.text) {
      const shown = page.evaluate((selector) => new Promise<number>((resolve) => {
        let pressed = 0;
        const result = document.querySelector(selector);
        const give = setTimeout(() => finish(Number.NaN), 3_000);
        const seen = new MutationObserver(() => pressed > 0 && requestAnimationFrame(() => finish(performance.now() - pressed)));
        const key_ = (event: KeyboardEvent): void => { pressed = event.timeStamp; };
        const finish = (ms: number): void => {
          clearTimeout(give);
          seen.disconnect();
          document.removeEventListener('keydown', key_, true);
          resolve(ms);
        };
        document.addEventListener('keydown', key_, true);
        if (result !== null) seen.observe(result, { subtree: true, childList: true, characterData: true });
      }), place.result);
      await page.waitForTimeout(50);
      await page.keyboard.type(key);
      taken.push(await shown);
    }
    const known = taken.filter((ms) => !Number.isNaN(ms));
    if (known.length < taken.length / 2) throw new Error(`${editor.name}: ${known.length} of ${taken.length} keys changed the result.`);
    return { fields, what: place.what, p50: Math.round(quantile(known, 0.5)), p95: Math.round(quantile(known, 0.95)) };
  } finally {
    await context.close();
  }
}
