import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import postgres from 'postgres';

/** Passwords of the three login roles. */
export interface RolePasswords {
  web: string;
  auth: string;
  engine: string;
}

/**
 * Creates the roles, or gives them these passwords. Roles belong to the server and not to one database, so two databases that are
 * migrated at once may collide here: the loser simply tries again.
 */
export async function ensureRoles(sql: postgres.Sql, passwords: RolePasswords): Promise<void> {
  const wanted = { weft_web: passwords.web, weft_auth: passwords.auth, weft_engine: passwords.engine };
  for (const [role, password] of Object.entries(wanted)) {
    for (let left = 20; ; left--) {
      try {
        await ensureRole(sql, role, password);
        break;
      } catch (error) {
        if (left === 0 || !isCollision(error)) throw error;
      }
    }
  }
}

async function ensureRole(sql: postgres.Sql, role: string, password: string): Promise<void> {
  const [found] = await sql<{ mighty: boolean }[]>`SELECT rolsuper OR rolbypassrls AS mighty FROM pg_roles WHERE rolname = ${role}`;
  // Row security would not hold for it. Only a superuser could take the attribute away, so somebody gave it on purpose.
  if (found?.mighty) throw new Error(`The role ${role} is a superuser or bypasses row security; it must be an ordinary role.`);
  // Utility statements take no parameters. The verifier is base64 and punctuation without quotes; `role` is one of ours.
  const login = `LOGIN PASSWORD '${scramVerifier(password)}'`;
  const fresh = 'NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT';
  await sql.unsafe(found ? `ALTER ROLE ${role} ${login}` : `CREATE ROLE ${role} ${fresh} ${login}`);
}

/** 'tuple concurrently updated', or another starter created the role between our look and our CREATE. */
function isCollision(error: unknown): boolean {
  return error instanceof postgres.PostgresError && ['XX000', '42710', '23505'].includes(error.code);
}

/** What Postgres stores for a password (RFC 5803), so that the password itself is in no statement and no server log. */
function scramVerifier(password: string): string {
  const iterations = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, iterations, 32, 'sha256');
  const stored = createHash('sha256').update(createHmac('sha256', salted).update('Client Key').digest()).digest('base64');
  const server = createHmac('sha256', salted).update('Server Key').digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${server}`;
}

/** The owner's URL with another user: same server, same database, same options. */
export function roleUrl(ownerUrl: string, { role, password }: { role: string; password: string }): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = encodeURIComponent(password);
  return url.href;
}
