import { parseDocument } from 'yaml';
import type { Json } from '../../flow/json.ts';
import { failure, placeOf, type ReadFailure } from './outcome.ts';

/** Aliases a document may expand to; the ten lines that would make a billion nodes are refused. */
const MAX_ALIASES = 1_000;

export function readYaml(text: string): { ok: true; value: Json } | ReadFailure {
  try {
    const document = parseDocument(text, { schema: 'core', merge: true, prettyErrors: false, logLevel: 'silent' });
    const [error] = document.errors;
    if (error !== undefined) return failure('yaml_malformed', placeOf(text, error.pos[0]));
    const value: Json = document.toJS({ maxAliasCount: MAX_ALIASES });
    return { ok: true, value };
  } catch (error) {
    // Nested thousands of levels, the parser runs out of stack.
    if (error instanceof RangeError) return failure('json_too_deep', { max: 100 });
    return failure('yaml_aliases');
  }
}
