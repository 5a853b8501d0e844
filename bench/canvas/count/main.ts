/**
 * `npm run bench:gestures`: three flows built in our designer by mouse and by keys alone, and in n8n's own editor; every click, drag and key is
 * counted, and what arrives at the far systems is compared with what must arrive. Prints a table.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findBrowser } from '#engine/launch/browser.ts';
import { type GestureCounts, totalOf } from '#e2e/support/gestures.ts';
import { orderFile } from '#e2e/support/paths.ts';
import { runningProduct } from '#e2e/support/product.ts';
import startProduct from '#e2e/support/start-product.ts';
import { saveResults, table } from '../../lib/report.ts';
import { countInN8n } from './count-in-n8n.ts';
import { countInWeft } from './count-in-weft.ts';
import { FLOWS, type Flow } from './flows.ts';

const executablePath = findBrowser();
const browser = await chromium.launch({
  ...(executablePath === null ? {} : { executablePath }),
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
});
const stop = await startProduct();
const { webUrl, demoUrl } = runningProduct();
// n8n keeps 15 digits of a number; both editors get an order whose numbers it can hold.
const order = readFileSync(orderFile, 'utf8').replaceAll(/\d{16,}/g, (digits) => digits.slice(0, 13));
const given = { browser, demoUrl, order, say: (line: string): void => console.error(`… ${line}`) };
const counts: Record<string, Record<Flow, GestureCounts>> = {};
try {
  counts['Weft, mouse'] = await countInWeft({ ...given, webUrl, way: 'mouse' });
  counts['Weft, keyboard'] = await countInWeft({ ...given, webUrl, way: 'keyboard' });
  counts['n8n'] = await countInN8n({ ...given, folder: join(tmpdir(), 'weft-bench-peers') });
} finally {
  await stop();
  await browser.close();
}
const cell = (one: GestureCounts): string => `${totalOf(one)} (${one.clicks} + ${one.drags} + ${one.keys})`;
console.log(`\n${table(['clicks + drags + keys', ...FLOWS], Object.entries(counts).map(([name, of]) => [name, ...FLOWS.map((flow) => cell(of[flow]))]))}`);
console.log(`\nWritten to ${saveResults('gestures', counts)}`);
process.exit(0);
