import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync } from 'node:fs';
import type { PostgresBinaries } from './postgres-binaries.ts';
import type { DataDirAccess } from './postgres-cluster.ts';
import type { PostgresUser } from './postgres-user.ts';

/** Server settings of the embedded PostgreSQL; durable, and reachable from this machine only. */
export const DURABLE_SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  cluster_name: 'weft',
  fsync: 'on',
  shared_buffers: '256MB',
  max_connections: '100',
  max_wal_size: '2GB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  password_encryption: 'scram-sha-256',
  log_checkpoints: 'off',
  logging_collector: 'off',
  // A long recovery should say that it is at work.
  log_startup_progress_interval: '10s',
};

/**
 * Settings that keep every finished piece of the log in `folder`; it is made, and given to the user the server runs as.
 * `archive_timeout`: at most a minute of commits is in no archived piece.
 */
export function archiveSettings(folder: string, user: PostgresUser | null): Record<string, string> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user) chownSync(folder, user.uid, user.gid);
  const target = `'${folder.replaceAll("'", `'\\''`).replaceAll('%', '%%')}'/%f`;
  // Under another name first: a copy that was interrupted must not pass for a whole one.
  return { archive_mode: 'on', archive_timeout: '60s', archive_command: `test -f ${target} || (cp %p ${target}.part && mv ${target}.part ${target})` };
}

/** The compression settings the binaries know: not every platform's build has lz4 (Linux x64 of 18.4 has not). */
export function compressionSettings(binaries: PostgresBinaries, access: DataDirAccess): Record<string, string> {
  const lz4 = { default_toast_compression: 'lz4', wal_compression: 'lz4' };
  const flags = Object.entries(lz4).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const probe = spawnSync(binaries.postgres, ['-D', access.argument, ...flags, '-C', 'wal_compression'], access.options);
  return probe.status === 0 ? lz4 : {};
}
