import { isRawNumber, type Json, type JsonObject } from '../flow/json.ts';
import { EACH, fieldOf, getPath, parsePath, type Path } from '../flow/path.ts';
import type { Frame, Get } from './frame.ts';

type Read = (value: Json | undefined) => Json | undefined;

export interface ScopedPath {
  /** How many frames up the path begins: one for each leading `^.`. */
  up: number;
  path: Path;
}

/** Parses a path of a mapping: `price`, `^.currency`, `^` (the parent itself). Null when it cannot be read. */
export function parseScopedPath(text: string): ScopedPath | null {
  let rest = text.trim();
  let up = 0;
  while (rest.startsWith('^')) {
    up += 1;
    rest = rest.startsWith('^.') ? rest.slice(2) : rest.slice(1);
  }
  const path = parsePath(rest);
  return path === null ? null : { up, path };
}

/** A getter of source data, relative to the frame. */
export function compileDataPath({ up, path }: ScopedPath): Get {
  const read = compileRead(path);
  if (up === 0) return (frame) => read(frame.data);
  return (frame) => read(ancestor(frame, up)?.data);
}

/** A getter of what has been mapped so far. A key behind a list (`lines.net`) means every item's. */
export function compileTargetPath({ up, path }: ScopedPath): Get {
  return (frame) => readThroughLists(ancestor(frame, up)?.output, path, 0);
}

function ancestor(frame: Frame, up: number): Frame | null {
  let current: Frame | null = frame;
  for (let left = up; left > 0 && current !== null; left -= 1) current = current.parent;
  return current;
}

function compileRead(path: Path): Read {
  const [first, second] = path;
  if (path.length === 0) return (value) => value;
  if (path.length === 1 && typeof first === 'string') return readField(first);
  if (path.length === 2 && typeof first === 'string' && typeof second === 'string') {
    const outer = readField(first);
    const inner = readField(second);
    return (value) => inner(outer(value));
  }
  return (value) => getPath(value, path);
}

/**
 * Reading a key that no list and no object inherits needs no look at whose it is; this is the hot path of every mapping
 * (about 5 ns against 25).
 */
function readField(key: string): Read {
  if (key in Array.prototype || key === 'rawJSON') return (value) => fieldOf(value, key);
  return (value) => (isIndexable(value) ? value[key] : undefined);
}

function isIndexable(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null;
}

function readThroughLists(start: Json | undefined, path: Path, from: number): Json | undefined {
  let value = start;
  for (let at = from; at < path.length; at += 1) {
    const step = path[at];
    if (typeof step === 'number') {
      value = Array.isArray(value) ? value[step] : undefined;
    } else if (Array.isArray(value)) {
      const found: Json[] = [];
      const next = step === EACH ? at + 1 : at;
      for (const item of value) {
        const inner = readThroughLists(item, path, next);
        if (inner !== undefined) found.push(inner);
      }
      return found;
    } else if (typeof step === 'string' && !isRawNumber(value)) {
      value = fieldOf(value, step);
    } else {
      return undefined;
    }
  }
  return value;
}
