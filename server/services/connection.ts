import { uuidv7 } from 'uuidv7';
import type { Tx } from '../database.ts';
import { AppError } from '../errors/app-error.ts';
import { isUniqueViolation } from '../errors/database-errors.ts';
import * as connections from '../repositories/connection.ts';
import type { ConnectionValues } from '../repositories/connection.ts';
import { flowsThatMention } from '../repositories/flow.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { AuthConfig, AuthKind, ConnectionView } from '../views/connection.ts';
import { storeSecret } from './credential.ts';
import { meansPrivateHost } from './private-address.ts';
import { requireRetailer } from './retailer.ts';

export interface ConnectionFields {
  name: string;
  baseUrl: string;
  authKind: AuthKind;
  authConfig: AuthConfig;
  secret?: string;
  webhookSecret?: string;
}

export function listConnections(scope: Scope, retailerId: string): Promise<ConnectionView[]> {
  return scope.read(async (tx) => {
    await requireRetailer(tx, retailerId);
    return connections.listConnections(tx, retailerId);
  });
}

export async function createConnection(scope: Scope, input: ConnectionFields & { retailerId: string }): Promise<{ id: string }> {
  const values = checkFields(input);
  const id = uuidv7();
  return refusingTakenName(input.name, () =>
    scope.write(async (tx) => {
      await requireRetailer(tx, input.retailerId);
      await connections.insertConnection(tx, { id, retailerId: input.retailerId, ...values });
      await storeSecrets(tx, { id, retailerId: input.retailerId }, input);
      scope.note({ connectionId: id });
      return { id };
    }),
  );
}

export async function updateConnection(scope: Scope, input: ConnectionFields & { connectionId: string }): Promise<{ id: string }> {
  const values = checkFields(input);
  return refusingTakenName(input.name, () =>
    scope.write(async (tx) => {
      const current = await requireConnection(tx, input.connectionId);
      // A stored secret goes only to the host it was given for: who may edit a connection may not read its secret,
      // and must not learn it by pointing the connection at a host of their own.
      if (current.hasSecret && input.secret === undefined && values.authKind !== 'none' && origin(current.baseUrl) !== origin(values.baseUrl)) {
        throw new AppError('invalid', { reason: 'secret_needed', field: 'secret' });
      }
      await connections.updateConnection(tx, current.id, values);
      if (values.authKind === 'none') await connections.deleteCredentials(tx, { connectionId: current.id, field: 'secret', before: null });
      await storeSecrets(tx, current, input);
      return { id: current.id };
    }),
  );
}

/** @throws AppError `conflict` with reason `in_use` and the names of the flows that still use it. */
export function removeConnection(scope: Scope, connectionId: string): Promise<{ id: string }> {
  return scope.write(async (tx) => {
    const current = await requireConnection(tx, connectionId);
    const flows = await flowsThatMention(tx, current.retailerId, connectionId);
    if (flows.length > 0) throw new AppError('conflict', { reason: 'in_use', flows });
    await connections.deleteConnection(tx, connectionId);
    scope.note({ name: current.name });
    return { id: connectionId };
  });
}

/** @throws AppError `not_found`, also for a connection of somebody else. */
export async function requireConnection(tx: Tx, connectionId: string): Promise<ConnectionView> {
  const connection = await connections.findConnection(tx, connectionId);
  if (connection === null) throw new AppError('not_found', { reason: 'connection' });
  return connection;
}

async function storeSecrets(tx: Tx, connection: { id: string; retailerId: string }, input: ConnectionFields): Promise<void> {
  if (input.secret !== undefined && input.authKind !== 'none') await storeSecret(tx, connection, { field: 'secret', secret: input.secret });
  if (input.webhookSecret !== undefined) await storeSecret(tx, connection, { field: 'webhook_secret', secret: input.webhookSecret });
}

/** What zod cannot say about single fields: which parts belong together. */
function checkFields(input: ConnectionFields): ConnectionValues {
  const url = new URL(input.baseUrl);
  if (url.username !== '' || url.password !== '') throw new AppError('invalid', { reason: 'credentials_in_url', field: 'baseUrl' });
  if (url.hash !== '') throw new AppError('invalid', { reason: 'fragment_in_url', field: 'baseUrl' });
  const { username, header } = input.authConfig;
  if (input.authKind === 'basic' && !username) throw new AppError('invalid', { reason: 'username_needed', field: 'authConfig.username' });
  if (input.authKind === 'header' && !header) throw new AppError('invalid', { reason: 'header_needed', field: 'authConfig.header' });
  const authConfig: AuthConfig = input.authKind === 'basic' ? { username } : input.authKind === 'header' ? { header } : {};
  return { name: input.name, baseUrl: input.baseUrl, authKind: input.authKind, authConfig, allowPrivate: meansPrivateHost(input.baseUrl) };
}

function origin(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}

async function refusingTakenName<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error, 'connection_name_key')) throw new AppError('conflict', { reason: 'name_taken', field: 'name', name });
    throw error;
  }
}
