import { isRecord, parseJson, textOf, type Json } from '../../flow/json.ts';
import { compileKeywords } from './keywords.ts';
import { Look, type SchemaCheck, type SchemaFault } from './schema-check.ts';
import { SchemaRefused, type SchemaProblem } from './schema-refused.ts';

export type CompiledSchema =
  | { ok: true; check(data: Json): SchemaFault[] }
  | { ok: false; problem: SchemaProblem; detail: string };

const MAX_TEXT = 200_000;

/**
 * Compiles a JSON Schema (2020-12, and the usual words of draft 7) to closures: no generated code, no backtracking patterns,
 * numbers compared to the last digit. Words it does not know are refused rather than passed over, because a check that is
 * not made looks like one that was passed.
 */
export function compileSchema(text: string): CompiledSchema {
  if (text.length > MAX_TEXT) return { ok: false, problem: 'too_large', detail: String(MAX_TEXT) };
  let root: Json;
  try {
    root = parseJson(text);
  } catch (error) {
    return { ok: false, problem: 'malformed', detail: error instanceof Error ? error.message : '' };
  }
  try {
    const check = new SchemaCompiler(root).compile(root, '#');
    return {
      ok: true,
      check(data) {
        const look = new Look();
        look.into(check, data, '');
        return look.faults;
      },
    };
  } catch (error) {
    if (error instanceof SchemaRefused) return { ok: false, problem: error.problem, detail: error.detail };
    throw error;
  }
}

/** Compiles the parts of one document, each once, so that parts may refer to one another. */
export class SchemaCompiler {
  private readonly root: Json;
  private readonly known = new Map<Json, { check: SchemaCheck }>();
  private depth = 0;

  constructor(root: Json) {
    this.root = root;
  }

  compile(schema: Json | undefined, at: string): SchemaCheck {
    if (schema === true) return () => {};
    if (schema === false) return (_value, path, look) => look.fault(path, 'not_allowed');
    if (!isRecord(schema)) throw new SchemaRefused('not_a_schema', at);
    const known = this.known.get(schema);
    // Through the holder: a schema that contains itself is not finished yet when it is met again.
    if (known !== undefined) return (value, path, look) => look.into(known.check, value, path);
    const holder: { check: SchemaCheck } = { check: () => {} };
    this.known.set(schema, holder);
    this.depth += 1;
    if (this.depth > 100) throw new SchemaRefused('too_large', at);
    holder.check = compileKeywords(schema, at, this);
    this.depth -= 1;
    return holder.check;
  }

  /** The schema that a reference inside the document names. */
  reference(target: Json, at: string): SchemaCheck {
    const text = textOf(target);
    if (!text.startsWith('#')) throw new SchemaRefused('reference_unknown', text === '' ? at : text);
    let found: Json | undefined = this.root;
    for (const part of text.slice(1).split('/').slice(1)) {
      const key = decodePointer(part);
      found = Array.isArray(found) ? found[Number(key)] : isRecord(found) && Object.hasOwn(found, key) ? found[key] : undefined;
    }
    if (found === undefined || (text.length > 1 && !text.startsWith('#/'))) throw new SchemaRefused('reference_unknown', text);
    return this.compile(found, text);
  }
}

function decodePointer(part: string): string {
  try {
    return decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return part;
  }
}

