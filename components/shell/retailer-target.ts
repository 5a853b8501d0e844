/** The retailer a page is about, as far as its address says. */
export function retailerInView(path: string, params: URLSearchParams): string | null {
  const [section, id] = path.split('/').filter((part) => part !== '');
  if (section === 'retailers') return id ?? null;
  if (section === 'runs' && id === undefined) return params.get('retailer');
  return null;
}

/**
 * Where choosing a retailer leads: the same view of that retailer where there is one, its flows otherwise.
 * Null chooses all of them.
 */
export function retailerTarget(path: string, params: URLSearchParams, retailerId: string | null): string {
  const [section, id, view] = path.split('/').filter((part) => part !== '');
  if (section === 'runs' && id === undefined) {
    const next = new URLSearchParams(params);
    next.delete('flow');
    if (retailerId === null) next.delete('retailer');
    else next.set('retailer', retailerId);
    const query = next.toString();
    return query === '' ? '/runs' : `/runs?${query}`;
  }
  if (retailerId === null) return '/retailers';
  return section === 'retailers' && id !== undefined && view !== undefined ? `/retailers/${retailerId}/${view}` : `/retailers/${retailerId}`;
}
