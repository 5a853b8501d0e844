import type { Sql } from '../database.ts';
import type { Log } from '../log.ts';
import { parseAllowed, type AllowedNetwork } from './address-guard.ts';

const INTERVAL_MS = 10_000;

/** Keeps the operator's allow-list of private addresses in memory, at most ten seconds old. */
export async function watchAllowed(sql: Sql, options: { log: Log; changed(): void }): Promise<{ current(): readonly AllowedNetwork[]; stop(): void }> {
  let lines = '';
  let allowed: AllowedNetwork[] = [];

  async function read(first: boolean): Promise<void> {
    const rows = await sql<{ cidr: string }[]>`select cidr from private_network order by cidr`;
    const now = rows.map((row) => row.cidr).join('\n');
    if (now === lines) return;
    lines = now;
    allowed = rows.flatMap((row) => parseAllowed(row.cidr) ?? []);
    if (!first) options.changed();
  }

  await read(true);
  const timer = setInterval(() => {
    read(false).catch((error: unknown) => options.log.debug({ err: error }, 'the allow-list could not be read'));
  }, INTERVAL_MS);
  return { current: () => allowed, stop: () => clearInterval(timer) };
}
