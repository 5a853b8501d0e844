import { isRecord, type Json } from '../../flow/json.ts';

/** What a local reference such as `#/$defs/Address` points at; null for references elsewhere and for what is not there. */
export function followPointer(root: Json, reference: string): Json {
  if (reference === '#' || reference === '#/') return root;
  if (!reference.startsWith('#/')) return findAnchor(root, reference);
  let value: Json = root;
  for (const part of reference.slice(2).split('/')) {
    const key = unescapePart(part);
    if (Array.isArray(value)) value = value[Number(key)] ?? null;
    else if (isRecord(value) && Object.hasOwn(value, key)) value = value[key] ?? null;
    else return null;
  }
  return value;
}

/** `#name` is the definition that calls itself so, by `$anchor`, or by `$id` or `id` in drafts before. */
function findAnchor(root: Json, reference: string): Json {
  if (!isRecord(root)) return null;
  for (const place of [root['$defs'], root['definitions']]) {
    if (!isRecord(place)) continue;
    for (const definition of Object.values(place)) {
      if (!isRecord(definition)) continue;
      if (definition['$anchor'] === reference.slice(1) || definition['$id'] === reference || definition['id'] === reference) return definition;
    }
  }
  return null;
}

function unescapePart(part: string): string {
  const plain = part.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
