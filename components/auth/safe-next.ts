const START = '/';

/**
 * Where to go after sign-in: a path within this site, or the start page for anything else.
 * An absolute, protocol-relative or backslash address would hand the visitor to a stranger.
 */
export function safeNext(next: string | null | undefined): string {
  if (next === null || next === undefined || !next.startsWith('/') || next.startsWith('//')) return START;
  // Browsers read a backslash as a slash and drop control characters, so neither may pass.
  if (/[\\\u0000-\u001f]/.test(next)) return START;
  const path = next.split(/[?#]/, 1)[0];
  return path === '/sign-in' ? START : next;
}
