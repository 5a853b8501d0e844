import type { Json } from '../flow/json.ts';
import type { Answer } from './answers.ts';
import { MappingFault } from './mapping-fault.ts';
import type { Questions } from './questions.ts';

/** The questions of one record as `guest/formulas.js` reads them. */
export function formulaRequest({ contexts, formulas }: Questions): Json {
  return { c: contexts, f: formulas.map(({ expression, context }) => [expression, context]) };
}

/** What one formula was answered: `[value]`, `[]`, or `[null, message, position, code]`. */
export function formulaAnswer(entry: Json | undefined): Answer {
  if (!Array.isArray(entry)) return { state: 'fault', fault: new MappingFault('formula_failed', { message: '' }) };
  const [value, message, , code] = entry;
  if (value === undefined) return { state: 'missing' };
  if (entry.length === 1) return { state: 'value', value };
  if (code === 'digits') return { state: 'fault', fault: new MappingFault('formula_digits') };
  if (code === 'function') return { state: 'fault', fault: new MappingFault('formula_not_data') };
  if (code === 'timeout' || code === 'D1012' || code === 'D1011') return { state: 'fault', fault: new MappingFault('formula_timeout') };
  if (code === 'unavailable') return { state: 'fault', fault: new MappingFault('formula_unavailable') };
  return { state: 'fault', fault: new MappingFault('formula_failed', { message: typeof message === 'string' ? message : '' }) };
}
