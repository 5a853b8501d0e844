import type { Json, JsonObject } from '../flow/json.ts';
import { EACH, fieldOf, getPath, itemOf, parsePath, type Path } from '../flow/path.ts';
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
  return (frame) => readThroughLists(ancestor(frame, up)?.output, path);
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

function readThroughLists(start: Json | undefined, path: Path): Json | undefined {
  let value = start;
  for (let at = 0; at < path.length; at += 1) {
    const step = path[at];
    if (Array.isArray(value) && typeof step !== 'number') {
      const found: Json[] = [];
      collect(value, path.slice(step === EACH ? at + 1 : at), found);
      return found;
    }
    value = typeof step === 'number' ? itemOf(value, step) : typeof step === 'string' ? fieldOf(value, step) : undefined;
    if (value === undefined) return undefined;
  }
  return value;
}

/** Adds what the path finds in each item; lists inside lists end up in one. */
function collect(items: readonly Json[], path: Path, found: Json[]): void {
  for (const item of items) {
    let value: Json | undefined = item;
    for (let at = 0; at < path.length && value !== undefined; at += 1) {
      const step = path[at];
      if (Array.isArray(value) && typeof step !== 'number') {
        collect(value, path.slice(step === EACH ? at + 1 : at), found);
        value = undefined;
      } else if (typeof step === 'number') value = itemOf(value, step);
      else value = typeof step === 'string' ? fieldOf(value, step) : undefined;
    }
    if (value !== undefined) found.push(value);
  }
}
