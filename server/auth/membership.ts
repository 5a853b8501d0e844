import type { Db } from '../database.ts';
import { membershipsOf, partnerOfHost } from '../repositories/doors.ts';
import type { MembershipRow } from '../repositories/doors.ts';
import { hostName } from '../tenancy/local-host.ts';

/**
 * As what a person may act at this address. At a partner's own host only that partner counts; at an address that
 * belongs to nobody (localhost, a bare IP) the oldest membership does.
 * @returns null when there is none: the person is known, but has no business here.
 */
export async function membershipFor(db: Db, asked: { userId: string; host: string | null }): Promise<MembershipRow | null> {
  const memberships = await membershipsOf(db, asked.userId);
  if (memberships.length === 0) return null;
  const name = hostName(asked.host);
  const partnerId = name === null ? null : await partnerOfHost(db, name);
  if (partnerId === null) return memberships[0] ?? null;
  return memberships.find((membership) => membership.partnerId === partnerId) ?? null;
}
