/**
 * `npm run bench:sandbox -- [--pages 3000]`: what one page with one order (2 KB, 20 fields, 9 a line) costs in the sandbox, in this process
 * and in the child, one page at a time and with 32 waiting. Beside it: the same script without a sandbox. Prints figures, asserts none.
 */
import { readFileSync } from 'node:fs';
import { createSandbox } from '#engine/sandbox/pool.ts';
import { orderJsonata } from '../lib/jsonata.ts';
import { numbersFrom } from '../lib/options.ts';
import { makeOrder } from '../lib/order.ts';
import { mappingScript } from '../lib/order-script.ts';
import { table } from '../lib/report.ts';

const { pages } = numbersFrom({ pages: 3_000 });
const input = JSON.stringify([{ key: '0', data: makeOrder() }]);
const scripts = [
  { name: 'JavaScript', language: 'javascript', script: `const o = record;${mappingScript} return out;` },
  { name: 'JSONata', language: 'jsonata', script: orderJsonata('$') },
] as const;
const rows: string[][] = [];
for (const { name, language, script } of scripts) {
  for (const together of [1, 32]) {
    const sandbox = createSandbox();
    const request = { tenant: 'a', language, script, input, timeoutMs: 1_000, memoryMb: 64 };
    const run = async (count: number): Promise<void> => {
      let left = count;
      const worker = async (): Promise<void> => {
        for (; left > 0; ) {
          left -= 1;
          const result = await sandbox.evaluate(request);
          if (!result.ok) throw new Error(`${result.kind}: ${result.message}`);
        }
      };
      await Promise.all(Array.from({ length: together }, worker));
    };
    // V8 learns the script first, as it does in a live flow.
    await run(Math.min(2_000, pages));
    const before = { at: performance.now(), own: process.cpuUsage(), child: childCpu(sandbox.pids()) };
    await run(pages);
    const wall = ((performance.now() - before.at) * 1000) / pages;
    const own = process.cpuUsage(before.own);
    const child = childCpu(sandbox.pids());
    rows.push([name, String(together), wall.toFixed(0), ((own.user + own.system) / pages).toFixed(0), child === null || before.child === null ? '–' : ((child - before.child) / pages).toFixed(0)]);
    await sandbox.close();
  }
}
console.log(table(['language', 'pages waiting', 'µs a page', 'of it CPU here', 'and in the child'], rows));

/** Microseconds of CPU that processes have used, where the system tells (Linux). */
function childCpu(pids: number[]): number | null {
  try {
    return pids.reduce((sum, pid) => {
      const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
      const fields = rest.split(' ');
      return sum + (Number(fields[11]) + Number(fields[12])) * 10_000;
    }, 0);
  } catch {
    return null;
  }
}
