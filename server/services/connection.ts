import { uuidv7 } from 'uuidv7';
import type { RateLimit } from '#engine/flow/rate-limit.ts';
import type { Tx } from '../database.ts';
import { AppError } from '../errors/app-error.ts';
import { isUniqueViolation } from '../errors/database-errors.ts';
import * as connections from '../repositories/connection.ts';
import type { ConnectionValues } from '../repositories/connection.ts';
import { flowsThatMention } from '../repositories/flow.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { AuthConfig, AuthKind, ConnectionView, FoundConnection } from '../views/connection.ts';
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
  /** Omitted: as it is; on a new connection none. */
  concurrency?: number | null;
  rateLimit?: RateLimit | null;
  drainPerSecond?: number | null;
}

export function listConnections(scope: Scope, retailerId: string): Promise<ConnectionView[]> {
  return scope.read(async (tx) => {
    await requireRetailer(tx, retailerId);
    return connections.listConnections(tx, retailerId);
  });
}

/** Connections of all retailers the asker may see whose name contains `search`; a few, for a list to choose from. */
export function findConnections(scope: Scope, search: string): Promise<FoundConnection[]> {
  return scope.read((tx) => connections.findConnectionsByName(tx, search));
}

export async function createConnection(scope: Scope, input: ConnectionFields & { retailerId: string }): Promise<{ id: string }> {
  const values = checkFields(input, null);
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
  return refusingTakenName(input.name, () =>
    scope.write(async (tx) => {
      const current = await requireConnection(tx, input.connectionId);
      const values = checkFields(input, current);
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

/** Lets nothing more go to this system until somebody resumes; runs that need it wait, nothing is lost. */
export function pauseConnection(scope: Scope, input: { connectionId: string; note: string }): Promise<{ id: string }> {
  return scope.write(async (tx) => {
    const current = await requireConnection(tx, input.connectionId);
    await connections.pauseConnection(tx, { id: current.id, retailerId: current.retailerId, by: personOf(scope), note: input.note });
    return { id: current.id };
  });
}

/** Lets calls go again, whoever or whatever stopped them. What waited is worked off, oldest first. */
export function resumeConnection(scope: Scope, connectionId: string): Promise<{ id: string }> {
  return scope.write(async (tx) => {
    const current = await requireConnection(tx, connectionId);
    await connections.resumeConnection(tx, { id: current.id, by: personOf(scope) });
    return { id: current.id };
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
function checkFields(input: ConnectionFields, current: ConnectionView | null): ConnectionValues {
  const url = new URL(input.baseUrl);
  if (url.username !== '' || url.password !== '') throw new AppError('invalid', { reason: 'credentials_in_url', field: 'baseUrl' });
  if (url.hash !== '') throw new AppError('invalid', { reason: 'fragment_in_url', field: 'baseUrl' });
  const { username, header } = input.authConfig;
  if (input.authKind === 'basic' && !username) throw new AppError('invalid', { reason: 'username_needed', field: 'authConfig.username' });
  if (input.authKind === 'header' && !header) throw new AppError('invalid', { reason: 'header_needed', field: 'authConfig.header' });
  const authConfig: AuthConfig = input.authKind === 'basic' ? { username } : input.authKind === 'header' ? { header } : {};
  return {
    name: input.name,
    baseUrl: input.baseUrl,
    authKind: input.authKind,
    authConfig,
    allowPrivate: meansPrivateHost(input.baseUrl),
    concurrency: chosen(input.concurrency, current?.concurrency),
    rateLimit: chosen(input.rateLimit, current?.rateLimit),
    drainPerSecond: chosen(input.drainPerSecond, current?.drainPerSecond),
  };
}

/** What was asked for; null takes away, nothing said keeps. */
function chosen<T>(asked: T | null | undefined, current: T | null | undefined): T | null {
  return asked === undefined ? (current ?? null) : asked;
}

/** Who stands in a connection's health; a key is nobody's name. */
function personOf(scope: Scope): string | null {
  return scope.actor.kind === 'user' ? scope.actor.id : null;
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
