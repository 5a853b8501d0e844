export const TIME_ZONE_COOKIE = 'weft-zone';

/** A zone name from the cookie when the runtime knows it, else UTC. The value is untrusted text. */
export function readTimeZone(cookie: string | undefined): string {
  if (cookie === undefined || cookie.length > 64) return 'UTC';
  try {
    return new Intl.DateTimeFormat('en', { timeZone: decodeURIComponent(cookie) }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
