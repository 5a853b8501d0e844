import { isRawNumber, isRecord, type Json, type JsonObject } from './json.ts';
import { isForbiddenKey } from './json-scan.ts';

/** Stands for "every item of the list" (`[]`). */
export const EACH = Symbol('each');

export type PathStep = string | number | typeof EACH;

/** A parsed path: keys, list positions and `[]`. The empty path is the value itself. */
export type Path = readonly PathStep[];

const MAX_STEPS = 50;
// A key, or in brackets nothing, a position, or a quoted key. Keys may hold anything but . [ ] ^ " and braces.
const STEP = /\.?([^.[\]^"{}\s](?:[^.[\]^"{}]*[^.[\]^"{}\s])?)|\[(\d{0,6})\]|\[("(?:[^"\\]|\\.)*")\]/y;

/**
 * Parses `line_items[0].price`, `line_items[].price`, `properties["odd.key"]`; '' is the value itself.
 * Gives null for anything else, and for keys that reach into JavaScript's own objects.
 */
export function parsePath(text: string): Path | null {
  const steps: PathStep[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < text.length) {
    const at = STEP.lastIndex;
    const match = STEP.exec(text);
    if (match === null || steps.length >= MAX_STEPS) return null;
    const [whole, key, position, quoted] = match;
    if (key !== undefined && whole.startsWith('.') !== at > 0) return null;
    const step = key ?? (position === undefined ? unquote(quoted ?? '') : stepOf(position));
    if (step === null || (typeof step === 'string' && isForbiddenKey(step))) return null;
    steps.push(step);
  }
  return steps;
}

function stepOf(position: string): number | typeof EACH {
  return position === '' ? EACH : Number(position);
}

function unquote(quoted: string): string | null {
  try {
    const key: unknown = JSON.parse(quoted);
    return typeof key === 'string' ? key : null;
  } catch {
    return null;
  }
}

/** The text `parsePath` reads back as the same path. */
export function formatPath(path: Path): string {
  let text = '';
  for (const step of path) {
    if (step === EACH) text += '[]';
    else if (typeof step === 'number') text += `[${step}]`;
    else if (/^[^.[\]^"{}\s]+$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

/** The value at a path, or undefined. With `[]` the list of what the rest of the path finds in each item, gaps left out. */
export function getPath(value: Json | undefined, path: Path): Json | undefined {
  return walk(value, path, 0);
}

/** `getPath` for text; undefined also where the path cannot be read. */
export function readPath(value: Json, path: string): Json | undefined {
  const parsed = parsePath(path);
  return parsed === null ? undefined : getPath(value, parsed);
}

function walk(start: Json | undefined, path: Path, from: number): Json | undefined {
  let value = start;
  for (let at = from; at < path.length; at += 1) {
    const step = path[at];
    if (step === EACH) return Array.isArray(value) ? walkEach(value, path, at + 1) : undefined;
    value = typeof step === 'number' ? itemOf(value, step) : fieldOf(value, step ?? '');
    if (value === undefined) return undefined;
  }
  return value;
}

function walkEach(list: Json[], path: Path, from: number): Json[] {
  const nested = path.indexOf(EACH, from) >= 0;
  const found: Json[] = [];
  for (const item of list) {
    const value = walk(item, path, from);
    if (value === undefined) continue;
    if (nested && Array.isArray(value)) found.push(...value);
    else found.push(value);
  }
  return found;
}

/** An object's own field; undefined for anything inherited and for values that are no objects. */
export function fieldOf(value: Json | undefined, key: string): Json | undefined {
  if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
  return key === 'rawJSON' && isRawNumber(value) ? undefined : value[key];
}

/** Cheaper than `isRecord`: raw numbers pass, whose only key is asked for above. */
function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function itemOf(value: Json | undefined, index: number): Json | undefined {
  return Array.isArray(value) ? value[index] : undefined;
}

/**
 * A copy of `value` with `next` at the path; objects and lists on the way are made where there are none.
 * Paths with `[]` are refused (the value comes back unchanged), so are list positions that would leave gaps.
 */
export function setPath(value: Json, path: Path, next: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return next;
  if (step === EACH) return value;
  if (typeof step === 'number') {
    const list = Array.isArray(value) ? [...value] : [];
    if (step > list.length) return value;
    list[step] = setPath(list[step] ?? null, rest, next);
    return list;
  }
  if (isForbiddenKey(step)) return value;
  const object = isRecord(value) ? value : {};
  return { ...object, [step]: setPath(fieldOf(object, step) ?? null, rest, next) };
}
