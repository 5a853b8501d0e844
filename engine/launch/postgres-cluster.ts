import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LaunchError } from './launch-error.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import type { PostgresUser } from './postgres-user.ts';

/** Name of the role that owns the embedded cluster. */
export const CLUSTER_OWNER = 'weft_owner';

const MEGABYTE = 1024 * 1024;
/** A fresh data directory takes 40 MB, the first write-ahead segments and the seed about 100 more. */
const ROOM_NEEDED_MB = 300;

/** How to start a PostgreSQL program on a data directory: its `-D` argument and the options for `spawn`. */
export interface DataDirAccess {
  argument: string;
  options: { cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number };
}

/**
 * A clone below /root cannot be entered by the unprivileged user PostgreSQL runs as. We can: the child is put *into* the data directory before it
 * gives up root, and from then on reaches it as /proc/self/cwd, which asks nobody on the way. Where every parent can be entered the plain path is used.
 */
export function accessTo(dataDir: string, user: PostgresUser | null): DataDirAccess {
  const env: NodeJS.ProcessEnv = { NODE_ENV: 'production', PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'], LC_ALL: 'C', TZ: 'UTC' };
  if (!user) return { argument: dataDir, options: { cwd: '/', env } };
  const options = { cwd: dataDir, env, uid: user.uid, gid: user.gid };
  const reachable = spawnSync('/bin/sh', ['-c', 'cd -- "$0"', dataDir], { uid: user.uid, gid: user.gid, cwd: '/' }).status === 0;
  if (reachable) return { argument: dataDir, options };
  if (existsSync('/proc/self/cwd')) return { argument: '/proc/self/cwd', options };
  throw new LaunchError(`The user "${user.name}", as whom PostgreSQL runs, may not enter ${dirname(dataDir)}. Start as an ordinary user, or set WEFT_DATA_DIR to a folder it may enter.`);
}

/**
 * Makes a data directory with `initdb`. It is made beside its final place and renamed when complete, so that an interrupted start leaves nothing half done.
 * Throws LaunchError with the reason (no space, no permission).
 */
export function createCluster(cluster: { dataDir: string; password: string; binaries: PostgresBinaries; user: PostgresUser | null; sync: boolean }): void {
  const { dataDir, binaries, user } = cluster;
  requireRoom(dirname(dataDir));
  const half = `${dataDir}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  if (user) chownSync(half, user.uid, user.gid);
  const passwordFile = join(tmpdir(), `weft-${randomBytes(12).toString('hex')}`);
  writeFileSync(passwordFile, `${cluster.password}\n`, { mode: 0o600, flag: 'wx' });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  try {
    const { argument, options } = accessTo(half, user);
    const args = [`--pgdata=${argument}`, `--username=${CLUSTER_OWNER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C',
      '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions', ...(cluster.sync ? [] : ['--no-sync'])];
    const run = spawnSync(binaries.initdb, args, { ...options, encoding: 'utf8' });
    if (run.status !== 0) throw new LaunchError(explain(run.error?.message ?? run.stderr, half));
    renameSync(half, dataDir);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(half, { recursive: true, force: true });
  }
  chmodSync(dataDir, 0o700);
}

/** Throws LaunchError when the volume has no room for a database. */
export function requireRoom(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.floor((bavail * bsize) / MEGABYTE);
  if (free < ROOM_NEEDED_MB) throw new LaunchError(`There is no room for the database: ${folder} has ${free} MB free and needs ${ROOM_NEEDED_MB} MB.`);
}

function explain(output: string, folder: string): string {
  if (/no space left|disk quota/i.test(output)) return `There is no space left for the database in ${folder}.`;
  return `PostgreSQL could not make its data directory ${folder}: ${output.trim().split('\n').slice(-3).join(' ')}`;
}
