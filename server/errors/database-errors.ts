/** @returns whether this is (or was caused by) a broken unique constraint, by name if one is given. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 6; cause = cause.cause, depth++) {
    if (!('code' in cause) || cause.code !== '23505') continue;
    return constraint === undefined || ('constraint_name' in cause && cause.constraint_name === constraint);
  }
  return false;
}
