import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { isRecord, type Json, type JsonObject } from '../../flow/json.ts';
import { inferred } from './inferred.ts';
import { failure, placeOf, type ReadOutcome } from './outcome.ts';
import { scanXml } from './xml-sample.ts';

const MAX_DEPTH = 50;
/** Characters that are enough to know the fields: reading ten megabytes takes seconds. */
const ENOUGH = 300_000;
const OPTIONS = {
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#text',
  parseTagValue: false,
  // Entities stay as they are written: nothing here is expanded, and a document type is refused before.
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  jPath: false,
  maxNestedTags: MAX_DEPTH + 1,
  // Names such as toString are fields like others; those that reach into objects are refused before.
  onDangerousProperty: (name: string): string => name,
} as const;
const FORBIDDEN = /<(__proto__|constructor|prototype)(?=[\s/>])/;

/**
 * The schema of an XML sample. Attributes are fields that begin with `@`, the text beside them is `#text`; an element that
 * is repeated anywhere is a list everywhere. When the document is nothing but a list of one kind of element, each of them
 * is a record. Of a long document the beginning is read.
 */
export function fromXml(text: string, name: string): ReadOutcome {
  const doctype = /<!(?:DOCTYPE|ENTITY)/i.exec(text);
  if (doctype !== null) return failure('xml_doctype', { line: placeOf(text, doctype.index).line });
  const { depth, sample } = scanXml(text, { depth: MAX_DEPTH, enough: ENOUGH });
  if (depth > MAX_DEPTH) return failure('xml_too_deep', { max: MAX_DEPTH });
  const forbidden = FORBIDDEN.exec(text)?.[1];
  if (forbidden !== undefined) return failure('name_forbidden', { name: forbidden });
  const begun = parse(sample);
  const read = begun.ok || sample === text ? begun : parse(text);
  if (!read.ok) return failure('xml_malformed', { line: read.line, column: read.column });
  const lists = new Set<string>();
  findLists(read.value, '', lists);
  const parsed = readJson(withLists(read.value, '', lists));
  const records = parsed === null ? [] : recordsOf(parsed);
  return records.length === 0 ? failure('no_records') : inferred(name, records, 'xml');
}

/** The document as the parser sees it, or where it is not well formed. */
function parse(text: string): { ok: true; value: JsonObject } | { ok: false; line: number; column: number } {
  const valid = XMLValidator.validate(text);
  if (valid !== true) return { ok: false, line: valid.err.line, column: valid.err.col };
  try {
    const value = readJson(new XMLParser(OPTIONS).parse(text));
    if (value !== null) return { ok: true, value };
  } catch {
    // What the validator let pass and the parser does not has no place.
  }
  return { ok: false, line: 1, column: 1 };
}

/** The records of a parsed document: below its one root element, the items where that holds a list and nothing else. */
function recordsOf(document: JsonObject): JsonObject[] {
  const [root] = Object.values(document);
  if (!isRecord(root)) return [];
  const elements = Object.entries(root).filter(([key]) => !key.startsWith('@'));
  const only = elements.length === 1 ? elements[0]?.[1] : undefined;
  return Array.isArray(only) && only.length > 1 ? only.filter(isRecord) : [root];
}

/** Notes the paths that are lists somewhere. */
function findLists(value: Json, path: string, lists: Set<string>): void {
  if (Array.isArray(value)) {
    lists.add(path);
    for (const item of value) findLists(item, path, lists);
  } else if (isRecord(value)) {
    for (const [key, inner] of Object.entries(value)) findLists(inner, `${path}\n${key}`, lists);
  }
}

/** The same document, in which what is a list somewhere is one everywhere. */
function withLists(value: Json, path: string, lists: ReadonlySet<string>): Json {
  if (Array.isArray(value)) return value.map((item) => below(item, path, lists));
  const plain = below(value, path, lists);
  return lists.has(path) ? [plain] : plain;
}

function below(value: Json, path: string, lists: ReadonlySet<string>): Json {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withLists(inner, `${path}\n${key}`, lists)]));
}

function readJson(value: unknown): JsonObject | null {
  return isRecord(value) ? value : null;
}
