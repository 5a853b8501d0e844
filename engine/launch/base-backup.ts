import { chmodSync, chownSync, constants, copyFileSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { LaunchError } from './launch-error.ts';

/** What a running server makes anew at its start; the folders themselves have to be there. */
const EMPTIED = new Set(['pg_wal', 'pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans']);
const LEFT_OUT = new Set(['postmaster.pid', 'postmaster.opts', 'backup_label', 'tablespace_map', 'standby.signal', 'recovery.signal']);

/**
 * Copies the data directory of a running server, so that it can be started as it was when the copy was done, or with archived log
 * rolled forward from there. This is what pg_basebackup does; the embedded distribution brings no client programs. The log between
 * the first and the last copied byte is kept by a replication slot and copied too.
 *
 * Throws LaunchError when `target` is not empty. @returns when the backup is consistent, by the server's clock
 */
export async function baseBackup(from: { ownerUrl: string; dataDir: string; target: string }): Promise<Date> {
  const { dataDir, target } = from;
  mkdirSync(target, { recursive: true, mode: 0o700 });
  if (readdirSync(target).length > 0) throw new LaunchError(`${target} is not empty; a backup wants a folder of its own.`);
  // One session from start to stop: the server ends the backup with the connection.
  const sql = postgres(from.ownerUrl, { max: 1, onnotice: () => undefined, idle_timeout: 0, max_lifetime: null, connection: { application_name: 'weft-backup' } });
  try {
    await sql`select pg_create_physical_replication_slot(${`weft_backup_${process.pid}`}, true, true)`;
    await sql`select pg_backup_start('weft', true)`;
    copyFolder(dataDir, target, true);
    const [stopped] = await sql<{ labelfile: string; at: Date }[]>`select labelfile, clock_timestamp() as at from pg_backup_stop(false)`;
    if (!stopped) throw new LaunchError('The server did not end the backup.');
    await sql`select pg_switch_wal()`;
    copyFolder(join(dataDir, 'pg_wal'), join(target, 'pg_wal'), false);
    writeFileSync(join(target, 'backup_label'), stopped.labelfile, { mode: 0o600 });
    own(join(target, 'backup_label'), dataDir);
    return stopped.at;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function copyFolder(source: string, target: string, top: boolean): void {
  mkdirSync(target, { recursive: true, mode: 0o700 });
  chmodSync(target, 0o700);
  own(target, source);
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const [path, copy] = [join(source, entry.name), join(target, entry.name)];
    if (top && LEFT_OUT.has(entry.name)) continue;
    if (entry.isDirectory()) {
      if (!top || !EMPTIED.has(entry.name)) copyFolder(path, copy, false);
      else {
        mkdirSync(copy, { mode: 0o700 });
        own(copy, path);
      }
    } else if (entry.isFile()) copyFile(path, copy);
  }
}

function copyFile(path: string, copy: string): void {
  try {
    copyFileSync(path, copy, constants.COPYFILE_FICLONE);
    own(copy, path);
  } catch (error) {
    // A table that was dropped meanwhile: the log says so too.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

function own(copy: string, like: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(like);
  chownSync(copy, uid, gid);
}
