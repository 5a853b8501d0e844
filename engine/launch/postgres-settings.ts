import { spawnSync } from 'node:child_process';
import type { PostgresBinaries } from './postgres-binaries.ts';
import type { DataDirAccess } from './postgres-cluster.ts';

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

/** The compression settings the binaries know: not every platform's build has lz4 (Linux x64 of 18.4 has not). */
export function compressionSettings(binaries: PostgresBinaries, access: DataDirAccess): Record<string, string> {
  const lz4 = { default_toast_compression: 'lz4', wal_compression: 'lz4' };
  const flags = Object.entries(lz4).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const probe = spawnSync(binaries.postgres, ['-D', access.argument, ...flags, '-C', 'wal_compression'], access.options);
  return probe.status === 0 ? lz4 : {};
}
