import { and, asc, eq, isNotNull } from 'drizzle-orm';
import { apiKey, brand, domain, membership } from '#drizzle/schema/index.ts';
import type { Role } from '../auth/permissions.ts';
import type { Db } from '../database.ts';

// What is asked before there is a tenant. `db` is the auth role's pool in all of them; nothing here reads a retailer's data.

export interface MembershipRow {
  partnerId: string;
  retailerId: string | null;
  role: Role;
}

/** @returns where a person may go, oldest first. */
export async function membershipsOf(db: Db, userId: string): Promise<MembershipRow[]> {
  return db
    .select({ partnerId: membership.partnerId, retailerId: membership.retailerId, role: membership.role })
    .from(membership)
    .where(eq(membership.userId, userId))
    .orderBy(asc(membership.createdAt), asc(membership.id));
}

/** @returns the partner that proved this host is theirs; `host` is in lower case and without port. */
export async function partnerOfHost(db: Db, host: string): Promise<string | null> {
  const [row] = await db
    .select({ partnerId: domain.partnerId })
    .from(domain)
    .where(and(eq(domain.host, host), isNotNull(domain.verifiedAt)));
  return row?.partnerId ?? null;
}

export interface ApiKeyRow {
  id: string;
  name: string;
  partnerId: string;
  retailerId: string | null;
  role: Role;
  expiresAt: Date | null;
  revokedAt: Date | null;
}

export async function apiKeyByHash(db: Db, keyHash: string): Promise<ApiKeyRow | null> {
  const [row] = await db
    .select({
      id: apiKey.id,
      name: apiKey.name,
      partnerId: apiKey.partnerId,
      retailerId: apiKey.retailerId,
      role: apiKey.role,
      expiresAt: apiKey.expiresAt,
      revokedAt: apiKey.revokedAt,
    })
    .from(apiKey)
    .where(eq(apiKey.keyHash, keyHash));
  return row ?? null;
}

export interface BrandRow {
  partnerId: string;
  name: string;
  accent: string;
  hasLogo: boolean;
  updatedAt: Date;
}

const brandFields = { partnerId: brand.partnerId, name: brand.name, accent: brand.accent, logoType: brand.logoType, updatedAt: brand.updatedAt };

/** A brand is public: everybody who opens the partner's address sees it. */
export async function brandOfPartner(db: Db, partnerId: string): Promise<BrandRow | null> {
  const [row] = await db.select(brandFields).from(brand).where(eq(brand.partnerId, partnerId));
  return row === undefined ? null : { partnerId: row.partnerId, name: row.name, accent: row.accent, hasLogo: row.logoType !== null, updatedAt: row.updatedAt };
}

export async function logoOfPartner(db: Db, partnerId: string): Promise<{ bytes: Uint8Array; type: string } | null> {
  const [row] = await db.select({ logo: brand.logo, type: brand.logoType }).from(brand).where(eq(brand.partnerId, partnerId));
  return row === undefined || row.logo === null || row.type === null ? null : { bytes: row.logo, type: row.type };
}
