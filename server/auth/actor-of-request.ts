import { AppError } from '../errors/app-error.ts';
import type { Runtime } from '../runtime.ts';
import type { Actor } from './actor.ts';
import { actorOfApiKey, bearerKey } from './api-key.ts';
import { membershipFor } from './membership.ts';
import { permissionsOf } from './permissions.ts';

/**
 * Who sent these headers: an API key if one is given (a wrong one is nobody, it never falls back to a cookie),
 * else the person of the session cookie.
 * @throws AppError `forbidden` with reason `no_membership` for a person who has no access here (any more).
 */
export async function actorOfRequest(runtime: Runtime, headers: Headers): Promise<Actor | null> {
  const authorization = headers.get('authorization');
  if (authorization !== null) {
    const key = bearerKey(authorization);
    return key === null ? null : actorOfApiKey(runtime.databases.auth.db, key);
  }
  const session = await runtime.authFor(headers).api.getSession({ headers });
  if (session === null) return null;
  const membership = await membershipFor(runtime.databases.auth.db, { userId: session.user.id, host: headers.get('host') });
  if (membership === null) throw new AppError('forbidden', { reason: 'no_membership' });
  return {
    kind: 'user',
    id: session.user.id,
    name: session.user.name,
    email: session.user.email,
    partnerId: membership.partnerId,
    retailerId: membership.retailerId,
    role: membership.role,
    permissions: permissionsOf(membership.role),
  };
}
