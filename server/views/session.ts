import type { Permission, Role } from '../auth/permissions.ts';

export interface SessionView {
  user: { id: string; name: string; email: string };
  role: Role;
  partner: { id: string; name: string; slug: string };
  brand: { name: string; accent: string | null; logoUrl: string | null };
  /** Null: every retailer of the partner. */
  retailerId: string | null;
  permissions: readonly Permission[];
  locale: Locale;
}

export type Locale = 'en' | 'de';
