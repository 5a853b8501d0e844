import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { LaunchError } from './launch-error.ts';

/** The unprivileged user PostgreSQL runs as when we are root. */
export interface PostgresUser {
  name: string;
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root. As root: the owner of an existing data directory, else a `postgres` user, made if need be.
 * As anybody else: null, PostgreSQL simply runs as we do. Throws LaunchError when the directory belongs to another user or none can be made.
 */
export function choosePostgresUser(dataDir: string): PostgresUser | null {
  const me = process.getuid?.();
  if (me === undefined) return null;
  const owner = existsSync(dataDir) ? statSync(dataDir).uid : null;
  if (me !== 0) {
    if (owner !== null && owner !== me) {
      throw new LaunchError(
        `The database files in ${dataDir} belong to another user (uid ${owner}). Start as that user or as root, or set WEFT_DATA_DIR to a folder of your own.`,
      );
    }
    return null;
  }
  if (owner !== null && owner !== 0) {
    const user = lookUp(String(owner));
    if (user) return user;
  }
  return lookUp('postgres') ?? createUser();
}

function createUser(): PostgresUser {
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', 'postgres']);
  const made = lookUp('postgres');
  if (made) return made;
  // BusyBox systems have adduser instead; where nothing may be made, the classic unprivileged user serves.
  spawnSync('adduser', ['-S', '-D', '-H', 'postgres']);
  const user = lookUp('postgres') ?? lookUp('nobody');
  if (user) return user;
  throw new LaunchError('PostgreSQL refuses to run as root, and no user "postgres" could be made for it. Start as an ordinary user, or set DATABASE_URL.');
}

function lookUp(nameOrId: string): PostgresUser | null {
  const ask = (flag: string) => spawnSync('id', [flag, nameOrId], { encoding: 'utf8' });
  const [uid, gid, name] = [ask('-u'), ask('-g'), ask('-un')];
  if (uid.status !== 0 || gid.status !== 0 || name.status !== 0) return null;
  return { name: name.stdout.trim(), uid: Number(uid.stdout), gid: Number(gid.stdout) };
}
