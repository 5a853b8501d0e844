import { isRecord, type Json, type JsonObject } from '../flow/json.ts';
import { EACH, fieldOf, parsePath, type Path } from '../flow/path.ts';
import { MappingFault } from './mapping-fault.ts';

type Write = (output: JsonObject, value: Json) => void;

const MAX_POSITION = 999;

/** A target as steps, the closing `[]` of a list taken off. Null when it cannot be written to. */
export function parseTarget(target: string, isList: boolean): Path | null {
  const path = parsePath(target.trim());
  if (path === null) return null;
  const steps = isList ? path.slice(0, -1) : path;
  if (isList && path.at(-1) !== EACH) return null;
  const [first] = steps;
  if (typeof first !== 'string') return null;
  return steps.every((step) => typeof step === 'string' || (typeof step === 'number' && step <= MAX_POSITION))
    ? steps
    : null;
}

/** A writer of one field of the output; objects and lists on the way are made as they are needed. */
export function compileTarget(path: Path): Write {
  const [first, second] = path;
  if (path.length === 1 && typeof first === 'string') {
    return (output, value) => {
      output[first] = value;
    };
  }
  if (path.length === 2 && typeof first === 'string' && typeof second === 'string') {
    return (output, value) => {
      const inner = fieldOf(output, first);
      if (inner === undefined || inner === null) output[first] = { [second]: value };
      else if (isRecord(inner)) inner[second] = value;
      else throw new MappingFault('target_taken');
    };
  }
  return (output, value) => writeDeep(output, path, value);
}

function writeDeep(output: JsonObject, path: Path, value: Json): void {
  let container: Json = output;
  path.forEach((step, at) => {
    const next = path[at + 1];
    if (next === undefined) {
      put(container, step, value);
      return;
    }
    const inner = take(container, step);
    container = inner ?? (typeof next === 'number' ? [] : {});
    if (inner === undefined || inner === null) put(outerOf(output, path, at), step, container);
  });
}

function outerOf(output: JsonObject, path: Path, depth: number): Json {
  let container: Json = output;
  for (const step of path.slice(0, depth)) container = take(container, step) ?? null;
  return container;
}

function take(container: Json, step: Path[number]): Json | undefined {
  if (typeof step === 'number') return Array.isArray(container) ? container[step] : undefined;
  return typeof step === 'string' ? fieldOf(container, step) : undefined;
}

function put(container: Json, step: Path[number], value: Json): void {
  if (typeof step === 'number' && Array.isArray(container)) {
    while (container.length < step) container.push(null);
    container[step] = value;
  } else if (typeof step === 'string' && isRecord(container)) {
    container[step] = value;
  } else {
    throw new MappingFault('target_taken');
  }
}
