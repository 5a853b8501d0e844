import { isRecord, parseJson, stringifyJson } from '#engine/flow/json.ts';
import type { Json, JsonObject } from '#engine/flow/json.ts';
import { CliError } from './cli-error.ts';

/**
 * A flow as a file for version control: sorted keys, one value a line, digits as they were written, and connections by name
 * (`connectionName` in the place of `connectionId`), because ids differ from one installation or retailer to the next.
 */
export interface FlowFile {
  name: string;
  document: JsonObject;
}

const format = 'flow/1';

export interface NamedConnection {
  id: string;
  name: string;
}

/** @throws CliError when the document names a connection that is not there. */
export function writeFlowFile(flow: { name: string; docText: string }, connections: NamedConnection[]): string {
  const document = rename(parseJson(flow.docText), {
    from: 'connectionId',
    to: 'connectionName',
    translate: (id) => connections.find((one) => one.id === id)?.name ?? missing(`The flow names the connection ${id}, which does not exist.`),
  });
  return `${stringifyJson({ format, name: flow.name, document: sorted(document) }, 2)}\n`;
}

/** @throws CliError when the text is no flow file. */
export function readFlowFile(text: string, path: string): FlowFile {
  const read = parseFile(text, path);
  if (!isRecord(read) || read['format'] !== format || typeof read['name'] !== 'string' || !isRecord(read['document'])) {
    throw new CliError(`${path} is not a flow file (format ${format}). "flow export" writes them.`);
  }
  return { name: read['name'], document: read['document'] };
}

/** The document with this retailer's connection ids. @throws CliError that lists every name that is missing. */
export function bindConnections(file: FlowFile, target: { retailer: string; connections: NamedConnection[] }): string {
  const known = new Map(target.connections.map((one) => [one.name, one.id]));
  const lacking = [...namesIn(file.document)].filter((name) => !known.has(name));
  if (lacking.length > 0) {
    const has = target.connections.map((one) => `"${one.name}"`).join(', ') || 'none';
    throw new CliError(`${target.retailer} has no connection named ${lacking.map((name) => `"${name}"`).join(', ')}, which "${file.name}" needs. Create it under that name, or rename one. It has: ${has}.`);
  }
  return stringifyJson(rename(file.document, { from: 'connectionName', to: 'connectionId', translate: (name) => known.get(name) ?? name }));
}

/** Whether two document texts say the same, whatever the order of their keys. */
export function sameDocument(one: string, other: string): boolean {
  return stringifyJson(sorted(parseJson(one))) === stringifyJson(sorted(parseJson(other)));
}

interface Renaming {
  from: string;
  to: string;
  translate(value: string): string;
}

function rename(value: Json, renaming: Renaming): Json {
  if (Array.isArray(value)) return value.map((item) => rename(item, renaming));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key !== renaming.from) return [key, rename(item, renaming)];
      return [renaming.to, typeof item === 'string' && item !== '' ? renaming.translate(item) : item];
    }),
  );
}

function namesIn(document: Json): Set<string> {
  const names = new Set<string>();
  rename(document, { from: 'connectionName', to: 'connectionName', translate: (name) => (names.add(name), name) });
  return names;
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key] ?? null)]));
}

function parseFile(text: string, path: string): Json {
  try {
    return parseJson(text);
  } catch {
    throw new CliError(`${path} is not JSON.`);
  }
}

function missing(message: string): never {
  throw new CliError(message);
}
