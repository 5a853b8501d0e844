import { textOf, type Json } from '../flow/json.ts';
import { getPath, parsePath } from '../flow/path.ts';
import type { Answer } from './answers.ts';
import { compileDataPath, parseScopedPath } from './compile-path.ts';
import type { Frame, Get } from './frame.ts';
import { excerpt } from './function-spec.ts';
import { MappingFault } from './mapping-fault.ts';
import type { LookupSource, MappingSource } from './mapping-schema.ts';
import { levelsOf, type Asking } from './questions.ts';

/** Puts down what a rule has to ask for the record or item it stands at. */
export type Ask = (frame: Frame, put: Asking) => void;

/** What is counted while a mapping is compiled. */
export interface Slots {
  expressions: string[];
  tables: Set<string>;
  count: number;
}

/** Ends a rule without running its functions: what is written instead, or nothing. */
export class Settled {
  readonly reason: 'missing' | 'pending';
  readonly value: Json | undefined;

  constructor(reason: 'missing' | 'pending', value?: Json) {
    this.reason = reason;
    this.value = value;
  }
}

/** A source whose value comes from elsewhere: it is asked for all records of a page first, and answered while they are mapped. */
export function compileAnswered(source: Extract<MappingSource, { type: 'formula' | 'lookup' }>, slots: Slots): { get: Get; ask: Ask } | null {
  return source.type === 'formula' ? compileFormula(source.expression, slots) : compileLookup(source, slots);
}

function compileFormula(text: string, slots: Slots): { get: Get; ask: Ask } | null {
  if (text.trim() === '') return null;
  const slot = slots.count++;
  const known = slots.expressions.indexOf(text);
  const expression = known >= 0 ? known : slots.expressions.push(text) - 1;
  const levels = levelsOf(text);
  return { get: (frame) => answerOf(frame, slot) ?? undefined, ask: (frame, put) => put.formula(frame, { slot, expression, levels }) };
}

function compileLookup({ table, key, field, onMiss }: LookupSource, slots: Slots): { get: Get; ask: Ask } | null {
  const path = key.trim() === '' ? null : parseScopedPath(key);
  const column = parsePath(field.trim());
  if (path === null || column === null || table.trim() === '') return null;
  const slot = slots.count++;
  slots.tables.add(table);
  const keyOf = compileDataPath(path);

  function get(frame: Frame): Json | undefined {
    const row = answerOf(frame, slot);
    if (row === undefined) return undefined;
    const value = row === null ? null : (getPath(row, column ?? []) ?? null);
    if (value !== null) return value;
    if (onMiss === 'fail') throw new MappingFault('lookup_missed', { table, key: excerpt(keyOf(frame)) });
    throw new Settled('missing', onMiss === 'skip' ? undefined : onMiss === 'null' ? null : onMiss.default);
  }

  function ask(frame: Frame, put: Asking): void {
    const text = textOf(keyOf(frame));
    put.lookup(slot, { table, key: text === '' ? null : text });
  }

  return { get, ask };
}

/** Undefined: there was nothing to ask, or a formula found nothing. Null: a table has no row. */
function answerOf({ shared }: Frame, slot: number): Json | undefined {
  const answer = shared.answers?.take(slot) ?? PENDING;
  if (answer.state === 'value') return answer.value;
  if (answer.state === 'fault') throw answer.fault;
  if (answer.state === 'pending') throw new Settled('pending');
  return undefined;
}

const PENDING: Answer = { state: 'pending' };
