import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Environment variable by which the global set-up tells the tests where the product is. */
export const PRODUCT_VARIABLE = 'WEFT_E2E_PRODUCT';

/** Where the product under test is. */
export interface RunningProduct {
  webUrl: string;
  ingressUrl: string;
  demoUrl: string;
  /** Connection string of the owning role: for looking, never for arranging. */
  ownerUrl: string;
  dataDir: string;
}

/** The product the global set-up started. */
export function runningProduct(): RunningProduct {
  const text = process.env[PRODUCT_VARIABLE];
  if (text === undefined) throw new Error('The product is not running: start the tests with `npm run test:e2e`.');
  const product: RunningProduct = JSON.parse(text);
  return product;
}

/** Process id of a service as it is now; it changes when the supervisor starts the service again. */
export function pidOf(service: 'web' | 'engine' | 'demo' | 'supervisor'): number {
  const pids: Record<string, number> = JSON.parse(readFileSync(join(runningProduct().dataDir, 'processes.json'), 'utf8'));
  const pid = pids[service];
  if (pid === undefined) throw new Error(`There is no process "${service}".`);
  return pid;
}
