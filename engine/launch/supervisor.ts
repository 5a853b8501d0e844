// `npm start` after the hand-over: starts everything, keeps it running, stops it in order. States: starting → running → stopping → ended.
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseIsNewerError } from '#drizzle/migrate.ts';
import { LaunchError } from './launch-error.ts';
import { createProgress } from './progress.ts';
import { startProduct } from './product.ts';
import type { Product } from './product.ts';
import { readSettings } from './settings.ts';
import type { LaunchSettings } from './settings.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const progress = createProgress(process.stdout);
const undo: (() => Promise<void> | void)[] = [];
const aborted = new AbortController();
let ending: Promise<void> | undefined;
let starting: Promise<unknown> = Promise.resolve();

/** Stops what was started, last first, and ends the process. Safe to call again and again. */
function end(code: number): Promise<void> {
  ending ??= (async () => {
    aborted.abort();
    // A step under way finishes or gives up first: what it starts must be among what is stopped.
    await starting.catch(() => undefined);
    for (let step = undo.pop(); step; step = undo.pop()) {
      try {
        await step();
      } catch (error) {
        progress.say(`Stopping: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    if (code === 0) progress.say('Stopped.');
    process.exit(code);
  })();
  return ending;
}

function stop(): void {
  if (!ending) progress.say('\nStopping …');
  void end(0);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
process.on('message', (message) => {
  if (message === 'stop') stop();
});
process.once('disconnect', stop);

try {
  const settings = readSettings(root);
  const start = startProduct({ root, settings, progress, signal: aborted.signal, onStop: (step) => void undo.push(step) });
  starting = start;
  const product = await start;
  greet(settings, product);
  process.send?.({ ready: product });
} catch (error) {
  if (!aborted.signal.aborted) {
    process.stderr.write(`\n${inWords(error)}\n`);
    await end(1);
  }
}

function greet(settings: LaunchSettings, product: Product): void {
  progress.say(`\nweft is running: ${product.webUrl}`);
  if (settings.demo) {
    const port = settings.webPort;
    progress.say(`  sign in as       consultant@harbor.example   password  weft-demo-2026`);
    progress.say(`  two brands       http://harbor.localhost:${port}   http://lumen.localhost:${port}`);
  }
  progress.say(`  webhooks go to   ${settings.publicIngressUrl ?? product.ingressUrl}/in/…`);
  progress.say(`  data and logs    ${relative(process.cwd(), settings.dataDir) || '.'} (logs/*.log)`);
  progress.say('Stop with Ctrl-C.\n');
}

/** A sentence for what the operator can act on, a stack for what only a developer can. */
function inWords(error: unknown): string {
  if (error instanceof LaunchError || error instanceof DatabaseIsNewerError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
