import { AppError } from '../errors/app-error.ts';
import { brandOfPartner } from '../repositories/doors.ts';
import { findPartner } from '../repositories/partner.ts';
import { logoUrl } from '../tenancy/brand-for-host.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { Locale, SessionView } from '../views/session.ts';

/** Who is signed in, as what, where, and how that place looks. */
export async function describeSession(scope: Scope, locale: Locale): Promise<SessionView> {
  const { actor } = scope;
  const [partner, brand] = await Promise.all([
    scope.read((tx) => findPartner(tx)),
    brandOfPartner(scope.runtime.databases.auth.db, actor.partnerId),
  ]);
  if (partner === null) throw new AppError('not_found', { reason: 'partner' });
  return {
    user: { id: actor.id, name: actor.name, email: actor.email },
    role: actor.role,
    partner,
    brand: { name: brand?.name ?? partner.name, accent: brand?.accent ?? null, logoUrl: brand === null ? null : logoUrl(brand) },
    retailerId: actor.retailerId,
    permissions: actor.permissions,
    locale,
  };
}
