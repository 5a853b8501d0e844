import { isRecord, type Json } from '../flow/json.ts';
import { compileDataPath, compileTargetPath, parseScopedPath } from './compile-path.ts';
import type { Frame, Get } from './frame.ts';
import { arityOf, findMappingFunction } from './functions.ts';
import { MappingFault } from './mapping-fault.ts';
import type { MappingArgument, MappingFunction } from './mapping-schema.ts';

export type Apply = (value: Json, frame: Frame) => Json | undefined;

/** An argument that is read from the record or from what is already mapped. */
export type Reference = { kind: 'path' | 'target'; path: string };

/** The reference an argument is, or null for a constant. An object with the single key `path` or `target` is one. */
export function referenceOf(argument: MappingArgument): Reference | null {
  if (!isRecord(argument)) return null;
  const [entry, ...others] = Object.entries(argument);
  if (entry === undefined || others.length > 0) return null;
  const [kind, path] = entry;
  return (kind === 'path' || kind === 'target') && typeof path === 'string' ? { kind, path } : null;
}

/** Compiles one function of a rule; null when it is unknown or its arguments do not fit. */
export function compileFunction({ fn, args }: MappingFunction): Apply | null {
  const spec = findMappingFunction(fn);
  if (spec === undefined) return null;
  const { min, max } = arityOf(spec);
  if (args.length < min || args.length > max) return null;
  const getters: (Get | null)[] = [];
  for (const argument of args) {
    const reference = referenceOf(argument);
    const path = reference === null ? null : parseScopedPath(reference.path);
    if (reference !== null && path === null) return null;
    if (reference === null || path === null) getters.push(null);
    else getters.push(reference.kind === 'path' ? compileDataPath(path) : compileTargetPath(path));
  }
  if (getters.every((get) => get === null)) return (value) => spec.apply(value, args);
  const [only] = getters;
  const required = spec.args.map(({ type, optional = false }) => type === 'number' && !optional);
  const name = (index: number): string => spec.args[index]?.name ?? '';
  function argumentAt(frame: Frame, index: number): Json | undefined {
    const get = getters[index];
    const value = get === null || get === undefined ? args[index] : get(frame);
    // Text that is missing adds nothing; a number that is missing makes the result wrong.
    if (required[index] === true && (value === undefined || value === null)) {
      throw new MappingFault('argument_missing', { fn, argument: name(index) });
    }
    return value;
  }
  if (only !== undefined && getters.length === 1) return (value, frame) => spec.apply(value, [argumentAt(frame, 0)]);
  return (value, frame) => spec.apply(value, args.map((_, index) => argumentAt(frame, index)));
}
