import { readFileSync } from 'node:fs';
import { keyId, open, publicKeyOf, sealedFor } from '#engine/vault/seal.ts';
import { BootError } from './boot-error.ts';
import type { Sql } from './database.ts';

/** Where a sealed value belongs; part of what it was sealed with. */
export interface SealedPlace {
  partnerId: string;
  connectionId: string;
  field: 'secret' | 'webhook_secret';
  version: number;
}

export interface Vault {
  /** The secret in clear, from memory after the first time. */
  open(place: SealedPlace, sealed: string): Promise<string>;
  /** Short name of the master key's public half. */
  keyId: string;
}

/** Reads the master key's text from its file. @throws BootError */
export function readMasterKey(file: string): string {
  try {
    const text = readFileSync(file, 'utf8').trim();
    if (text !== '') return text;
  } catch (error) {
    throw new BootError(`The master key cannot be read from ${file} (${error instanceof Error ? error.message : String(error)}).`);
  }
  throw new BootError(`The master key file ${file} is empty.`);
}

/**
 * Opens the vault: proves that the master key is the one this installation's credentials were sealed for, and publishes its
 * public half for the web process to seal with.
 * @throws BootError when the key is another one than the credentials' or the published one
 */
export async function openVault(sql: Sql, masterKey: string): Promise<Vault> {
  const publicKey = await publicKeyOf(masterKey).catch(() => {
    throw new BootError('The master key is not a valid key.');
  });
  const id = await keyId(publicKey);
  const [strange] = await sql<{ sealed: string }[]>`select sealed from credential where key_id <> ${id} limit 1`;
  if (strange) {
    const other = sealedFor(strange.sealed) ?? 'another key';
    throw new BootError(`The master key (${id}) does not fit: this installation's credentials were sealed for ${other}. Give the engine the key they were sealed with.`);
  }
  const published = await sql<{ id: string }[]>`select id from sealing_key order by created_at desc limit 1`;
  if (published[0] && published[0].id !== id) {
    throw new BootError(`The master key (${id}) is not this installation's key (${published[0].id}). Give the engine the key file the installation was set up with.`);
  }
  await sql`insert into sealing_key (id, public_key) values (${id}, ${publicKey}) on conflict (id) do nothing`;

  const opened = new Map<string, Promise<string>>();
  return {
    keyId: id,
    open(place, sealed) {
      const aad = `${place.partnerId}/${place.connectionId}/${place.field}/${place.version}`;
      const known = opened.get(aad);
      if (known) return known;
      const secret = open(masterKey, aad, sealed);
      opened.set(aad, secret);
      secret.catch(() => opened.delete(aad));
      return secret;
    },
  };
}
