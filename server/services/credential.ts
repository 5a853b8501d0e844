import { seal } from '#engine/vault/seal.ts';
import type { Tx } from '../database.ts';
import { AppError } from '../errors/app-error.ts';
import * as connections from '../repositories/connection.ts';
import type { CredentialField } from '../repositories/connection.ts';

/**
 * Seals a secret for the engine and stores it as the next version. This process has the public key only: what it
 * stores it can never read again. The version before goes, the engine takes the highest.
 * @throws AppError `unavailable` while no engine has ever booted (there is no key yet).
 */
export async function storeSecret(
  tx: Tx,
  connection: { id: string; retailerId: string },
  given: { field: CredentialField; secret: string },
): Promise<void> {
  const key = await connections.findSealingKey(tx);
  if (key === null) throw new AppError('unavailable', { reason: 'sealing_key' });
  const version = await connections.nextCredentialVersion(tx, connection.id, given.field);
  const place = `${tx.partnerId}/${connection.id}/${given.field}/${version}`;
  const sealed = await seal(key.publicKey, place, given.secret);
  await connections.insertCredential(tx, { retailerId: connection.retailerId, connectionId: connection.id, field: given.field, version, keyId: key.id, sealed });
  await connections.deleteCredentials(tx, { connectionId: connection.id, field: given.field, before: version });
}
