/** @returns the host name in lower case without its port; null when there is none or it is malformed. */
export function hostName(host: string | null): string | null {
  if (host === null || !/^(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?$/i.test(host)) return null;
  return host.replace(/:\d{1,5}$/, '').toLowerCase();
}

/** Names that always mean this machine (RFC 6761), so they need no entry in the domain table. */
export function isLocalHost(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || name === '127.0.0.1' || name === '[::1]';
}
