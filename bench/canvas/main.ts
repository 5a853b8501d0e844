/**
 * `npm run bench:canvas -- [--edits 200] [--fields 2000] [--largest 500]`: our designer, n8n's and Node-RED's in one run of one real Chromium,
 * on flows of 50, 200 and 500 nodes. WEFT_BENCH_URL measures a product that runs already. Prints figures and ratios.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findBrowser } from '#engine/launch/browser.ts';
import { runningProduct } from '#e2e/support/product.ts';
import startProduct from '#e2e/support/start-product.ts';
import { numbersFrom } from '../lib/options.ts';
import { saveResults, table } from '../lib/report.ts';
import { measureCanvas, measurePreview, type CanvasFigures, type PreviewFigures } from './measure.ts';
import { n8nCanvas } from './n8n.ts';
import { nodeRedCanvas } from './node-red.ts';
import type { Editor } from './editor.ts';
import { weftCanvas } from './weft.ts';

const { edits, fields, largest } = numbersFrom({ edits: 200, fields: 2_000, largest: 500 });
const sizes = [50, 200, 500].filter((size) => size <= largest);
const folder = join(tmpdir(), 'weft-bench-peers');
const say = (line: string): void => console.error(`… ${line}`);
const running = process.env['WEFT_BENCH_URL'];

const executablePath = findBrowser();
const browser = await chromium.launch({
  ...(executablePath === null ? {} : { executablePath }),
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
});

interface Measured {
  name: string;
  canvas: CanvasFigures[];
  previews: PreviewFigures[];
}

async function measure(editor: Editor): Promise<Measured> {
  say(editor.name);
  try {
    const canvas = await measureCanvas(browser, editor, { sizes, edits });
    const previews: PreviewFigures[] = [];
    for (const count of [20, fields]) {
      const figures = await measurePreview(browser, editor, count);
      if (figures !== null) previews.push(figures);
    }
    return { name: editor.name, canvas, previews };
  } finally {
    await editor.stop();
  }
}

async function ours(): Promise<Measured> {
  if (running !== undefined) return measure(weftCanvas(running));
  const stop = await startProduct();
  try {
    return await measure(weftCanvas(runningProduct().webUrl));
  } finally {
    await stop();
  }
}

const all = [await ours(), await measure(await n8nCanvas(folder)), await measure(await nodeRedCanvas(folder))];
await browser.close();
console.log(`\n${table(canvasHead(), all.flatMap(({ name, canvas }) => canvas.map((one) => canvasRow(name, one))))}`);
console.log(`\n${table(['editor', 'where', 'fields', 'key → result p50 / p95 ms'], all.flatMap(({ name, previews }) =>
  previews.length === 0 ? [[name, 'n/a: it has no such place', '', '']] : previews.map((one) => [name, one.what, one.fields, `${one.p50} / ${one.p95}`]),
))}`);
console.log(`\n${table(['what', 'nodes', ...all.slice(1).map(({ name }) => `Weft beside ${name}`)], ratioRows(all))}`);
console.log(`\nWritten to ${saveResults('canvas', all)}`);
process.exit(0);

function canvasHead(): string[] {
  return ['editor', 'nodes', 'open to interactive ms', 'drag: frame p95 ms', 'main thread ms per move', 'pan: frame p95 ms', 'main thread ms per move', 'heap MB', `after ${edits} edits`];
}

function canvasRow(name: string, { size, openMs, drag, pan, heapMb, heapAfterMb }: CanvasFigures): (string | number)[] {
  return [name, size, openMs, round(drag.p95), round(drag.workPerMove), round(pan.p95), round(pan.workPerMove), heapMb, heapAfterMb];
}

/** Above 1: ours is that many times quicker or smaller. */
function ratioRows([weft, ...peers]: Measured[]): (string | number)[][] {
  const rows: [string, (one: CanvasFigures) => number][] = [
    ['open to interactive', (one) => one.openMs],
    ['frame while dragging, p95', (one) => one.drag.p95],
    ['main thread while dragging', (one) => one.drag.workPerMove],
    ['frame while panning, p95', (one) => one.pan.p95],
    ['main thread while panning', (one) => one.pan.workPerMove],
    [`heap after ${edits} edits`, (one) => one.heapAfterMb],
  ];
  return rows.flatMap(([what, pick]) =>
    (weft?.canvas ?? []).map((own, index) => [what, own.size, ...peers.map(({ canvas }) => (canvas[index] === undefined ? 'n/a' : `${round(pick(canvas[index]) / pick(own))} ×`))]),
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
