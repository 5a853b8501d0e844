type NextAddress = { ok: true; url: string } | { ok: false; code: 'paging_other_host' | 'paging_address_invalid' };

/**
 * The address of the next page as a source names it, full or relative. Another host is refused: the headers of the request
 * are meant for the first one.
 * @param from `requested`: as the request was written; `answered`: the full address, where it is known
 */
export function nextAddress(next: string, from: { requested: string; answered: string | undefined }): NextAddress {
  const base = from.answered ?? (/^https?:/i.test(from.requested) ? from.requested : undefined);
  if (base !== undefined) {
    if (!URL.canParse(next, base)) return { ok: false, code: 'paging_address_invalid' };
    const url = new URL(next, base);
    return url.origin === new URL(base).origin ? { ok: true, url: url.href } : { ok: false, code: 'paging_other_host' };
  }
  // Only the path below a connection is known: what is relative stays relative to the connection.
  if (/^https?:\/\//i.test(next)) return URL.canParse(next) ? { ok: true, url: next } : { ok: false, code: 'paging_address_invalid' };
  if (next.startsWith('//') || /^[a-z][a-z0-9+.-]*:/i.test(next)) return { ok: false, code: 'paging_other_host' };
  if (next.startsWith('?')) return { ok: true, url: (from.requested.split('?')[0] ?? '') + next };
  return { ok: true, url: next };
}
