import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchError } from './launch-error.ts';
import { CLUSTER_OWNER } from './postgres-cluster.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { isAlive } from './process-state.ts';
import type { LaunchSettings } from './settings.ts';

/** The embedded database of an installation, as a tool beside it finds it. */
export interface Installation {
  ownerUrl: string;
  dataDir: string;
  running: boolean;
}

/** Finds the embedded database; makes nothing. Throws LaunchError when there is none yet. */
export async function installationAt(settings: LaunchSettings): Promise<Installation> {
  const password = secretOf(join(settings.dataDir, 'postgres.password'));
  if (password === null) throw new LaunchError(`There is no installation in ${settings.dataDir}. Start one with npm start, or set WEFT_DATA_DIR or DATABASE_URL.`);
  const dataDir = join(settings.dataDir, 'postgres');
  const file = await readPostmasterFile(dataDir);
  const port = file?.port || Number(secretOf(join(settings.dataDir, 'postgres.port'))) || settings.postgresPort.port;
  return { ownerUrl: `postgres://${CLUSTER_OWNER}:${encodeURIComponent(password)}@127.0.0.1:${port}/weft`, dataDir, running: file !== null && isAlive(file.pid) };
}

/** The text of a small file; null when there is none or it is empty. */
export function secretOf(file: string): string | null {
  if (!existsSync(file)) return null;
  const text = readFileSync(file, 'utf8').trim();
  return text === '' ? null : text;
}
