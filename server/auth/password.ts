import { hash, verify } from '@node-rs/argon2';

/** argon2id (2 in the library's numbering) as OWASP asks for: 19 MiB, two passes, one lane. */
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** @returns the encoded hash with its salt and cost, as it is stored. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/** @returns whether the password fits; false also for a hash that cannot be read. */
export async function verifyPassword(stored: { hash: string; password: string }): Promise<boolean> {
  try {
    return await verify(stored.hash, stored.password);
  } catch {
    return false;
  }
}
