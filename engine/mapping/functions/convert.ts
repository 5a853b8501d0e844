import { textOf, type Json } from '../../flow/json.ts';
import { excerpt, numberInput, type FunctionSpec } from '../function-spec.ts';
import { MappingFault } from '../mapping-fault.ts';

const TRUE = new Set(['true', 'yes', 'y', '1', 'on', 'ja', 'wahr', 'x']);
const FALSE = new Set(['false', 'no', 'n', '0', 'off', 'nein', 'falsch', '']);

export const CONVERT_FUNCTIONS = {
  'convert.toText': { input: 'any', output: 'text', args: [], apply: (value) => textOf(value) },
  'convert.toNumber': { input: 'any', output: 'number', args: [], apply: (value) => numberInput(value) },
  'convert.toBoolean': { input: 'any', output: 'boolean', args: [], apply: (value) => booleanInput(value) },
} satisfies Record<string, FunctionSpec>;

/** Reads what systems write for yes and no. */
export function booleanInput(value: Json): boolean {
  if (typeof value === 'boolean') return value;
  const text = textOf(value).trim().toLowerCase();
  if (TRUE.has(text)) return true;
  if (FALSE.has(text)) return false;
  throw new MappingFault('not_a_boolean', { value: excerpt(value) });
}
