import { isRecord, type Json } from '../flow/json.ts';
import { compileDataPath, compileTargetPath, parseScopedPath } from './compile-path.ts';
import type { Frame, Get } from './frame.ts';
import type { FunctionSpec } from './function-spec.ts';
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
  const readers = getters.map((get, index) => argumentReader(get, args[index] ?? null, missingFault(fn, spec, index)));
  const [first, second] = readers;
  if (getters.every((get) => get === null)) return (value) => spec.apply(value, args);
  if (readers.length === 1 && first !== undefined) return (value, frame) => spec.apply(value, [first(frame)]);
  if (readers.length === 2 && first !== undefined && second !== undefined) {
    return (value, frame) => spec.apply(value, [first(frame), second(frame)]);
  }
  return (value, frame) => spec.apply(value, readers.map((read) => read(frame)));
}

function argumentReader(get: Get | null, constant: Json, missing: (() => MappingFault) | null): Get {
  if (get === null) return () => constant;
  if (missing === null) return get;
  return (frame) => {
    const value = get(frame);
    if (value === undefined || value === null) throw missing();
    return value;
  };
}

/** Text that is missing adds nothing; a number that is missing would make the result wrong. */
function missingFault(fn: string, { args }: FunctionSpec, index: number): (() => MappingFault) | null {
  const wanted = args[index];
  if (wanted === undefined || wanted.type !== 'number' || wanted.optional === true) return null;
  return () => new MappingFault('argument_missing', { fn, argument: wanted.name });
}
