import { z } from 'zod';
import type { Json, JsonObject } from '#engine/flow/json.ts';
import { expectationSchema, type Expectation } from '#engine/mapping/expectations.ts';
import type { Room } from './room-context.ts';

const listSchema = z.array(expectationSchema);
const known = new WeakMap<object, readonly Expectation[]>();
const NONE: readonly Expectation[] = [];

/** The pinned cells of a node's configuration. */
export function readExpectations(value: Json | undefined): readonly Expectation[] {
  if (!Array.isArray(value)) return NONE;
  const seen = known.get(value);
  if (seen !== undefined) return seen;
  const parsed = listSchema.safeParse(value);
  const list = parsed.success ? parsed.data : NONE;
  known.set(value, list);
  return list;
}

/** Pins a cell, or puts another value in the place of a pinned one. */
export function putExpectation(room: Room, expectation: Expectation): void {
  const before = readExpectations(room.config()['expectations']);
  write(room, [...before.filter(({ id }) => id !== expectation.id), expectation]);
}

export function dropExpectation(room: Room, id: string): void {
  write(room, readExpectations(room.config()['expectations']).filter((other) => other.id !== id));
}

function write(room: Room, list: readonly Expectation[]): void {
  const json = list.map(({ id, sampleId, target, value }): JsonObject => ({ id, sampleId, target, value }));
  room.configure({ expectations: json.length === 0 ? undefined : json });
}
