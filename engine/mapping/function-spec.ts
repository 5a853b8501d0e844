import { isRawNumber, textOf, type Json } from '../flow/json.ts';
import { toNumber } from './decimal.ts';
import { MappingFault } from './mapping-fault.ts';

export type ValueType = 'text' | 'number' | 'boolean' | 'list' | 'date' | 'any';

export interface ArgumentSpec {
  /** Label at `mapping.arguments.<name>`. */
  name: string;
  type: ValueType;
  optional?: boolean;
  /** Takes all the arguments that follow. */
  many?: boolean;
  /** The values to choose from. */
  options?: readonly string[];
}

/**
 * A function a rule may apply to its value. Values are never null or undefined when they arrive; giving undefined makes
 * the value missing. Faults are thrown as `MappingFault`.
 */
export interface FunctionSpec {
  input: ValueType;
  output: ValueType;
  args: readonly ArgumentSpec[];
  apply(value: Json, args: readonly (Json | undefined)[]): Json | undefined;
}

/** No text of a mapping may grow beyond this. */
export const MAX_TEXT = 1_000_000;

export function textInput(value: Json): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && !isRawNumber(value)) throw new MappingFault('not_text');
  return textOf(value);
}

export function numberInput(value: Json | undefined): Json {
  if (typeof value === 'number') return value;
  const number = toNumber(value);
  if (number === null) throw new MappingFault('not_a_number', { value: excerpt(value) });
  return number;
}

export function listInput(value: Json): Json[] {
  if (!Array.isArray(value)) throw new MappingFault('not_a_list');
  return value;
}

/** A text argument; what is missing counts as ''. */
export function textArgument(value: Json | undefined): string {
  return value === undefined || value === null ? '' : textInput(value);
}

/** A whole number within bounds, or the fallback when it is not given. */
export function wholeArgument(value: Json | undefined, bounds: { min: number; max: number; fallback: number }): number {
  if (value === undefined || value === null || value === '') return bounds.fallback;
  const number = typeof value === 'number' ? value : Number(textArgument(value));
  if (!Number.isInteger(number) || number < bounds.min || number > bounds.max) {
    throw new MappingFault('not_a_number', { value: excerpt(value) });
  }
  return number;
}

export function withinLimit(text: string): string {
  if (text.length > MAX_TEXT) throw new MappingFault('result_too_large');
  return text;
}

/** Enough of a value to recognise it in a message. */
export function excerpt(value: Json | undefined): string {
  const text = textOf(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
