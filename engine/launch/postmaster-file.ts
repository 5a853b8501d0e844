import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a running PostgreSQL says about itself in `postmaster.pid`. */
export interface PostmasterFile {
  pid: number;
  port: number;
}

/** Reads `postmaster.pid` of a data directory; null when there is none (or it is only being written). */
export async function readPostmasterFile(dataDir: string): Promise<PostmasterFile | null> {
  const text = await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => null);
  if (text === null) return null;
  // Lines: pid, data directory, start time, port, socket directory, listen address, shared memory key, status.
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  return Number.isInteger(pid) && pid > 0 ? { pid, port: Number.isInteger(port) ? port : 0 } : null;
}

/**
 * The number `initdb` gave this data directory, as decimal text: the first eight bytes of `pg_control`.
 * A server that answers `pg_control_system()` with the same number serves this very directory.
 */
export async function systemIdentifier(dataDir: string): Promise<string> {
  const file = await open(join(dataDir, 'global', 'pg_control'), 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.readBigUInt64LE(0).toString();
  } finally {
    await file.close();
  }
}

/** The major version written into a data directory by its `initdb`, or null when it is not (completely) made. */
export async function dataVersion(dataDir: string): Promise<string | null> {
  const text = await readFile(join(dataDir, 'PG_VERSION'), 'utf8').catch(() => null);
  return text?.trim() ?? null;
}
