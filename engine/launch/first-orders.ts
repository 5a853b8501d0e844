import { spawn } from 'node:child_process';
import { closeSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLog } from './log-file.ts';
import { childEnv } from './settings.ts';

/** What is needed to send the demo's sample orders to the seeded endpoint. */
export interface FirstOrders {
  root: string;
  dataDir: string;
  ownerUrl: string;
  /** Names the database; a new one gets its own first orders. */
  database: string;
  ingressUrl: string;
  demoUrl: string;
  logFile: string;
}

/**
 * Once per database: lets the demo world post its sample orders, so that a newcomer finds runs to look at.
 * They arrive like any vendor's webhook, signed, through the ingress. Returns false when they could not be delivered.
 */
export async function deliverFirstOrders(orders: FirstOrders): Promise<boolean> {
  const program = join('engine', 'testing', 'demo-world', 'first-orders.ts');
  const stampFile = join(orders.dataDir, 'first-orders');
  if (!existsSync(join(orders.root, program)) || (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === orders.database)) return true;
  const log = openLog(orders.logFile);
  const child = spawn(process.execPath, [program], {
    cwd: orders.root,
    env: childEnv({ DATABASE_URL: orders.ownerUrl, WEFT_INGRESS_URL: orders.ingressUrl, WEFT_DEMO_URL: orders.demoUrl, WEFT_DATA_DIR: orders.dataDir }),
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve).once('error', () => resolve(null)));
  if (code !== 0) return false;
  writeFileSync(stampFile, orders.database);
  return true;
}
