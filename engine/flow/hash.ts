import type { FlowDocument } from './document.ts';
import { isRecord, stringifyJson, type Json } from './json.ts';

/**
 * SHA-256 (hex) of the document's canonical JSON: keys sorted, no blanks, digits as written. Positions and labels
 * count; the order in which keys were written does not.
 */
export async function hashFlow(doc: FlowDocument): Promise<string> {
  const bytes = new TextEncoder().encode(stringifyJson(canonical(doc)));
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function canonical(value: Json): Json {
  if (Array.isArray(value)) return value.map(canonical);
  if (!isRecord(value)) return value;
  const sorted: { [key: string]: Json } = {};
  for (const key of Object.keys(value).sort()) {
    const item = value[key];
    if (item !== undefined) sorted[key] = canonical(item);
  }
  return sorted;
}
