// Exactly the characters JSON and Postgres write differently.
const SPECIAL = /[\u0000-\u001f\ud800-\udfff]/;

/**
 * A Postgres array literal of values without control characters: ids, numbers, codes. JSON.stringify quotes strings as Postgres
 * reads them in `{…}`, and is native: 12 µs for a mapped 2-KB order where escaping it in JavaScript takes 22 (both on a busy machine).
 */
export function pgArray(values: readonly (string | number | boolean | null)[]): string {
  return `{${JSON.stringify(values).slice(1, -1)}}`;
}

/**
 * A Postgres array literal of any texts. The quick way is right unless a text holds a control character or a surrogate; those
 * are escaped one by one. NUL, which Postgres text cannot hold, becomes U+FFFD.
 */
export function pgTexts(values: readonly (string | null)[]): string {
  for (const value of values) if (value !== null && SPECIAL.test(value)) return escapeEach(values);
  return pgArray(values);
}

function escapeEach(values: readonly (string | null)[]): string {
  const quoted = values.map((value) => (value === null ? 'NULL' : `"${cleanText(value).replace(/["\\]/g, '\\$&')}"`));
  return `{${quoted.join(',')}}`;
}

function cleanText(value: string): string {
  return value.toWellFormed().replaceAll('\u0000', '\uFFFD');
}
