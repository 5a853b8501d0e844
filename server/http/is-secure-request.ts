/**
 * Whether the browser spoke https. Behind a TLS proxy only the header says so; a client that forges it on plain
 * http merely gets cookies its own browser will not send.
 */
export function isSecureRequest(headers: Headers): boolean {
  return headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https';
}
