import { brandOfPartner, partnerOfHost } from '../repositories/doors.ts';
import type { BrandRow } from '../repositories/doors.ts';
import { runtime } from '../runtime.ts';
import { hostName } from './local-host.ts';

export interface HostBrand {
  partnerId: string;
  name: string;
  accent: string;
  logoUrl: string | null;
}

/** The page's door: Host header → verified domain → partner → brand. @returns null for a host that no partner has proved. */
export async function brandForHost(host: string): Promise<HostBrand | null> {
  const name = hostName(host);
  if (name === null) return null;
  const { db } = runtime().databases.auth;
  const partnerId = await partnerOfHost(db, name);
  const brand = partnerId === null ? null : await brandOfPartner(db, partnerId);
  return brand === null ? null : { partnerId: brand.partnerId, name: brand.name, accent: brand.accent, logoUrl: logoUrl(brand) };
}

/** The logo's address changes with the brand, so that browsers may keep it for long. */
export function logoUrl(brand: BrandRow): string | null {
  return brand.hasLogo ? `/api/brand/${brand.partnerId}/logo?v=${brand.updatedAt.getTime().toString(36)}` : null;
}
