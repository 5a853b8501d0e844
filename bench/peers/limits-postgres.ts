import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startEmbeddedPostgres } from '#engine/launch/embedded-postgres.ts';
import { anyFreePort } from '#engine/launch/ports.ts';

const root = resolve(import.meta.dirname, '../..');

/** Runs something on a fresh PostgreSQL with the product's settings, on the disk the product uses; nothing of it is left. */
export async function withPostgres<T>(work: (url: string) => Promise<T>): Promise<T> {
  const folder = join(root, '.weft', `bench-limits-${process.pid}`);
  const pg = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), logFile: join(folder, 'postgres.log'), password: 'bench', choosePort: anyFreePort });
  try {
    return await work(pg.url('postgres'));
  } finally {
    await pg.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
