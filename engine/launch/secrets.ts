import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateSealingKey } from '#engine/vault/seal.ts';

/** Secrets of one installation, made on the first start and kept in its data folder (files of mode 0600). */
export interface Secrets {
  /** Password of the embedded cluster's owner. */
  postgresPassword: string;
  rolePasswords: { web: string; auth: string; engine: string };
  /** Signs session cookies. */
  authSecret: string;
  /** File with the private half of the sealing key; its path goes to the engine and to nobody else. */
  masterKeyFile: string;
}

/** Reads the secrets of `dataDir`, making those that do not exist yet. */
export async function readSecrets(dataDir: string): Promise<Secrets> {
  mkdirSync(dataDir, { recursive: true });
  // Passable for the user the embedded database runs as, readable for its owner only; the secrets themselves are 0600.
  chmodSync(dataDir, 0o711);
  const keep = (name: string) => keepSecret(join(dataDir, name), () => randomBytes(32).toString('base64url'));
  const masterKeyFile = join(dataDir, 'master.key');
  if (!existsSync(masterKeyFile)) {
    const { privateKey } = await generateSealingKey();
    keepSecret(masterKeyFile, () => privateKey);
  }
  return {
    postgresPassword: keep('postgres.password'),
    rolePasswords: { web: keep('web.password'), auth: keep('auth.password'), engine: keep('engine.password') },
    authSecret: keep('auth.secret'),
    masterKeyFile,
  };
}

/** Written completely beside its place and then linked to it: a start that is killed half-way never leaves an empty secret. */
function keepSecret(file: string, make: () => string): string {
  if (!existsSync(file)) {
    const half = `${file}.${process.pid}`;
    writeFileSync(half, `${make()}\n`, { mode: 0o600 });
    try {
      linkSync(half, file);
    } catch (error) {
      if (!existsSync(file)) throw error;
    } finally {
      rmSync(half, { force: true });
    }
  }
  return readFileSync(file, 'utf8').trim();
}
