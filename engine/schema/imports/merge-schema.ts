import { isRecord, type Json, type JsonObject } from '../../flow/json.ts';
import { followPointer } from './json-pointer.ts';

/** A JSON Schema with its references followed and its branches laid over each other. */
export interface MergedSchema {
  types: Set<string>;
  properties: Map<string, Json[]>;
  required: Set<string>;
  items: Json[];
  options: string[];
  title?: string;
  description?: string;
  format?: string;
  /** Only ever sent by the system that owns it. */
  readOnly?: boolean;
  /** Only ever sent to it. */
  writeOnly?: boolean;
  /** References that were followed to get here, to see a circle. */
  seen: ReadonlySet<string>;
}

export interface MergeScope {
  root: Json;
  /** Subschemas that may still be looked at: what refers to itself in many ways would go on for ever. */
  budget: { left: number };
  /** Local references that lead nowhere. */
  missing: Set<string>;
  /** References into other files, which are not fetched. */
  elsewhere: Set<string>;
}

/** Lays `$ref`, `allOf`, `anyOf` and `oneOf` over the schema; null for one that refers to what is being read already. */
export function mergeSchema(given: Json, scope: MergeScope, seen: ReadonlySet<string> = new Set()): MergedSchema | null {
  const merged: MergedSchema = { types: new Set(), properties: new Map(), required: new Set(), items: [], options: [], seen };
  return collect(given, { merged, scope, depth: 0 }) ? merged : null;
}

interface Collecting {
  merged: MergedSchema;
  scope: MergeScope;
  depth: number;
}

function collect(given: Json, { merged, scope, depth }: Collecting): boolean {
  if (!isRecord(given) || depth > 50 || scope.budget.left <= 0) return depth === 0 || isRecord(given) || given === true;
  scope.budget.left -= 1;
  const reference = given['$ref'];
  if (typeof reference === 'string') {
    if (merged.seen.has(reference)) return false;
    merged.seen = new Set([...merged.seen, reference]);
    const found = followPointer(scope.root, reference);
    if (found === null) (reference.startsWith('#') ? scope.missing : scope.elsewhere).add(reference);
    if (!collect(found, { merged, scope, depth: depth + 1 })) return false;
  }
  keepOwn(given, merged);
  for (const part of listOf(given['allOf'])) collect(part, { merged, scope, depth: depth + 1 });
  const branches = [...listOf(given['anyOf']), ...listOf(given['oneOf']), given['then'] ?? null, given['else'] ?? null].filter(isRecord);
  if (branches.length > 0) {
    // What only one branch asks for is not required.
    const required = new Set(merged.required);
    for (const branch of branches) collect(branch, { merged, scope, depth: depth + 1 });
    merged.required = required;
  }
  return true;
}

/** What a value of an enumeration is, where the schema does not say it. */
const JSON_TYPES: Readonly<Record<string, string>> = { string: 'string', number: 'number', boolean: 'boolean' };

function keepOwn(given: JsonObject, merged: MergedSchema): void {
  const { type, properties, required, items, title, description, format } = given;
  for (const one of Array.isArray(type) ? type : [type]) if (typeof one === 'string' && one !== 'null') merged.types.add(one);
  if (isRecord(properties)) {
    for (const [name, schema] of Object.entries(properties)) merged.properties.set(name, [...(merged.properties.get(name) ?? []), schema]);
  }
  for (const name of listOf(required)) if (typeof name === 'string') merged.required.add(name);
  merged.items.push(...(Array.isArray(items) ? items : isRecord(items) ? [items] : []), ...listOf(given['prefixItems']));
  for (const option of [...listOf(given['enum']), ...('const' in given ? [given['const'] ?? null] : [])]) {
    if ((typeof option === 'string' && option !== '') || typeof option === 'number') merged.options.push(String(option));
    const said = JSON_TYPES[typeof option];
    if (type === undefined && said !== undefined) merged.types.add(said);
  }
  if (given['readOnly'] === true) merged.readOnly = true;
  if (given['writeOnly'] === true) merged.writeOnly = true;
  if (typeof title === 'string') merged.title ??= title;
  if (typeof description === 'string') merged.description ??= description;
  if (typeof format === 'string') merged.format ??= format;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
