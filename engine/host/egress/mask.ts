const SECRET_HEADER = /^(authorization|proxy-authorization|cookie|set-cookie|x-api-key|api-key|.*(token|secret|password|signature|hmac).*)$/;
const SECRET_PARAMETER = /^(.*(token|secret|password|signature|api_?key).*|key|sig|auth)$/i;
export const MASK = '•••';

/** A value hidden wherever it appears. Short ones are left: masking every "a" would only garble the log. */
export type Mask = (text: string) => string;

export function maskOf(secrets: readonly string[]): Mask | null {
  const long = secrets.filter((secret) => secret.length >= 6);
  if (long.length === 0) return null;
  return (text) => long.reduce((masked, secret) => (masked.includes(secret) ? masked.replaceAll(secret, MASK) : masked), text);
}

/** Headers as they are recorded: secret ones by name, and any by value. */
export function maskHeaders(headers: Record<string, string>, mask: Mask | null): Record<string, string> {
  const masked: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name] ?? '';
    masked[name] = SECRET_HEADER.test(name) ? MASK : mask === null ? value : mask(value);
  }
  return masked;
}

/** An address as it is recorded: no user info, secret parameters hidden. */
export function maskUrl(url: string, mask: Mask | null): string {
  const text = mask === null ? url : mask(url);
  if (!text.includes('?') && !text.includes('@')) return text;
  try {
    const parsed = new URL(text);
    parsed.username = '';
    parsed.password = '';
    for (const name of new Set(parsed.searchParams.keys())) if (SECRET_PARAMETER.test(name)) parsed.searchParams.set(name, MASK);
    return parsed.href;
  } catch {
    return text;
  }
}
