/** Stored headers (JSON text of an object of strings) as a plain map; what cannot be read is left out. */
export function readHeaders(text: string | null): Record<string, string> {
  if (text === null || text === '') return {};
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== 'object' || read === null) return {};
    return Object.fromEntries(Object.entries(read).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
  } catch {
    return {};
  }
}
