import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { isForbiddenKey } from '../../flow/json-scan.ts';
import { isRecord, type Json, type JsonObject } from '../../flow/json.ts';
import { inferSchema } from '../infer-schema.ts';
import { failure, placeOf, type ReadOutcome } from './outcome.ts';

const MAX_DEPTH = 50;
const OPTIONS = {
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#text',
  parseTagValue: false,
  // Entities stay as they are written: nothing here is expanded, and a document type is refused before.
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: MAX_DEPTH + 1,
} as const;

/**
 * The schema of an XML sample. Attributes are fields that begin with `@`, the text beside them is `#text`; an element that
 * is repeated anywhere is a list everywhere. When the document is nothing but a list of one kind of element, each of them
 * is a record.
 */
export function fromXml(text: string, name: string): ReadOutcome {
  const doctype = /<!(?:DOCTYPE|ENTITY)/i.exec(text);
  if (doctype !== null) return failure('xml_doctype', { line: placeOf(text, doctype.index).line });
  if (depthOf(text) > MAX_DEPTH) return failure('xml_too_deep', { max: MAX_DEPTH });
  const valid = XMLValidator.validate(text);
  if (valid !== true) return failure('xml_malformed', { line: valid.err.line, column: valid.err.col });
  const lists = new Set<string>();
  const first = readJson(new XMLParser(OPTIONS).parse(text));
  if (first === null || findLists(first, '', lists) !== null) return failure('name_forbidden', { name: '__proto__' });
  const parsed = readJson(new XMLParser({ ...OPTIONS, isArray: (_tag, path) => typeof path === 'string' && lists.has(path) }).parse(text));
  const records = parsed === null ? [] : recordsOf(parsed);
  if (records.length === 0) return failure('no_records');
  const schema = inferSchema(name, records, 'xml');
  return schema.fields.length === 0 ? failure('schema_no_fields') : { ok: true, schema };
}

/** The records of a parsed document: below its one root element, the items where that holds a list and nothing else. */
function recordsOf(document: JsonObject): JsonObject[] {
  const [root] = Object.values(document);
  if (!isRecord(root)) return [];
  const elements = Object.entries(root).filter(([key]) => !key.startsWith('@'));
  const only = elements.length === 1 ? elements[0]?.[1] : undefined;
  return Array.isArray(only) && only.length > 1 ? only.filter(isRecord) : [root];
}

/** Notes the paths that are lists somewhere; gives back a name that must not be used. */
function findLists(value: Json, path: string, lists: Set<string>): string | null {
  if (Array.isArray(value)) {
    lists.add(path);
    for (const item of value) {
      const forbidden = findLists(item, path, lists);
      if (forbidden !== null) return forbidden;
    }
    return null;
  }
  if (!isRecord(value)) return null;
  for (const [key, inner] of Object.entries(value)) {
    if (isForbiddenKey(key)) return key;
    const forbidden = findLists(inner, path === '' ? key : `${path}.${key}`, lists);
    if (forbidden !== null) return forbidden;
  }
  return null;
}

/** How deep elements are nested, in one pass and without recursion. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [tag] of text.matchAll(/<\/?[A-Za-z_][^<>]*>/g)) {
    if (tag.startsWith('</')) depth -= 1;
    else if (!tag.endsWith('/>')) depth += 1;
    if (depth > deepest) deepest = depth;
    if (deepest > MAX_DEPTH) return deepest;
  }
  return deepest;
}

function readJson(value: unknown): JsonObject | null {
  return isRecord(value) ? value : null;
}
