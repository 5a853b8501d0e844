/** What a person may do. One word per deed; "view" never implies more than looking. */
export const permissions = [
  'session:view',
  'retailer:view',
  'connection:view',
  'connection:edit',
  'flow:view',
  'flow:edit',
  'flow:publish',
  'flow:publish_unverified',
  'event:view',
  'event:send',
  'test:run',
  'run:view',
  'run:retry',
  'exception:view',
  'exception:handle',
  'approval:view',
  'approval:decide',
  'checkpoint:view',
  'checkpoint:edit',
  'table:view',
  'table:edit',
  'traffic:control',
] as const;

export type Permission = (typeof permissions)[number];

export type Role = 'partner_admin' | 'consultant' | 'retailer_viewer';

/**
 * The one table of roles. A retailer viewer looks at runs, the graph they ran on and the open exceptions, nothing else;
 * only a partner admin may publish a webhook that verifies nobody.
 */
export const rolePermissions = {
  partner_admin: permissions,
  consultant: permissions.filter((permission) => permission !== 'flow:publish_unverified'),
  retailer_viewer: ['session:view', 'retailer:view', 'flow:view', 'run:view', 'exception:view'],
} as const satisfies Record<Role, readonly Permission[]>;

/** @returns the permissions of a role, as the session hands them to the browser. */
export function permissionsOf(role: Role): readonly Permission[] {
  return rolePermissions[role];
}
