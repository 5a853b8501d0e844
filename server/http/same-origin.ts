/**
 * Whether a request that lives on the browser's cookie was made by our own page. Browsers say so themselves
 * (Sec-Fetch-Site, Origin); a client that sends neither is no browser, and carries no cookie it was not given.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') return false;
  const origin = headers.get('origin');
  if (origin === null) return true;
  return URL.canParse(origin) && new URL(origin).host === headers.get('host');
}
