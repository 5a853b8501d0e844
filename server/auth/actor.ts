import type { Permission, Role } from './permissions.ts';

/**
 * Who is asking, once a door (session cookie or API key) has said so.
 * `retailerId` null means every retailer of the partner; a set one narrows everything to it.
 */
export interface Actor {
  kind: 'user' | 'api_key';
  /** The user's id, or the API key's. Goes into the audit trail. */
  id: string;
  name: string;
  email: string;
  partnerId: string;
  retailerId: string | null;
  role: Role;
  permissions: readonly Permission[];
}
