import type { Json } from '../flow/json.ts';
import { Answers, type Answer } from './answers.ts';
import { formulaAnswer } from './formula-wire.ts';
import { MappingFault } from './mapping-fault.ts';
import type { Asks, Questions } from './questions.ts';

/** Rows of one table by key; a key that is not in it has no row. Null: there is no such table. Undefined: not known yet. */
export type TableRows = ReadonlyMap<string, Json> | null | undefined;

interface Known {
  /** What the formulas gave, in the order of the questions; null: not known yet. */
  formulas: readonly Json[] | null;
  rowsOf(table: string): TableRows;
}

/** Puts what was found out about one record into the order in which its rules will ask for it. */
export function answerQuestions({ slots }: Asks, questions: Questions, { formulas, rowsOf }: Known): Answers {
  const bySlot: Answer[][] = Array.from({ length: slots }, () => []);
  questions.formulas.forEach(({ slot }, at) => bySlot[slot]?.push(formulas === null ? { state: 'pending' } : formulaAnswer(formulas[at])));
  for (const { slot, table, key } of questions.lookups) bySlot[slot]?.push(lookupAnswer(rowsOf(table), table, key));
  return new Answers(bySlot);
}

function lookupAnswer(rows: TableRows, table: string, key: string | null): Answer {
  if (key === null) return { state: 'missing' };
  if (rows === undefined) return { state: 'pending' };
  if (rows === null) return { state: 'fault', fault: new MappingFault('lookup_table_missing', { table }) };
  return { state: 'value', value: rows.get(key) ?? null };
}

/** The keys that records ask of each table, every one once. */
export function keysByTable(questions: readonly Questions[]): Map<string, string[]> {
  const asked = new Map<string, Set<string>>();
  for (const { lookups } of questions) {
    for (const { table, key } of lookups) {
      const keys = asked.get(table) ?? new Set();
      asked.set(table, keys);
      if (key !== null) keys.add(key);
    }
  }
  return new Map([...asked].map(([table, keys]) => [table, [...keys]]));
}
