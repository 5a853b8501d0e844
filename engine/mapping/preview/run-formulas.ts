import jsonata from 'jsonata';
import { digits } from '../guest/digits.js';
import { exact } from '../guest/exact.js';
import { formulas } from '../guest/formulas.js';

/** The formulas of a mapping over samples: what the sandbox gets for a page, without its border. */
export interface FormulaTask {
  expressions: readonly string[];
  /** JSON text: a list of `formulaRequest`. */
  input: string;
}

/** For one formula on one record. Only what the library itself looks at is stopped by it; a worker stops the rest. */
const TIMEOUT_MS = 500;

interface Guest {
  answers(record: unknown, tools: { write(value: unknown): string | undefined; stringify(value: unknown): string | undefined }): Generator<unknown, string, unknown>;
}

interface Digits {
  read(text: string): unknown;
  write(value: unknown): string | undefined;
}

let json: Digits | undefined;
let last: { key: string; guest: Guest } | undefined;

/**
 * Runs formulas as the engine's sandbox does: the same text reads the records, asks the same library and writes the answers, so
 * that a preview shows what a run will give. Belongs into a worker: a formula may run for as long as it is let.
 * @returns JSON text: for each record the list of its answers (see `formulaAnswer`)
 */
export async function runFormulas({ expressions, input }: FormulaTask): Promise<string> {
  const tools = (json ??= digits(false));
  const { answers } = guestFor(expressions);
  const records: unknown = tools.read(input);
  const texts: string[] = [];
  for (const record of Array.isArray(records) ? records : []) {
    const walk = answers(record, { write: tools.write, stringify: JSON.stringify });
    let next = walk.next();
    while (next.done !== true) next = await settle(walk, next.value);
    texts.push(next.value);
  }
  return `[${texts.join(',')}]`;
}

async function settle(walk: Generator<unknown, string, unknown>, value: unknown): Promise<IteratorResult<unknown, string>> {
  let found: unknown;
  try {
    found = await value;
  } catch (error) {
    return walk.throw(error);
  }
  return walk.next(found);
}

function guestFor(expressions: readonly string[]): Guest {
  const key = JSON.stringify(expressions);
  if (last?.key !== key) last = { key, guest: formulas((expression: string) => jsonata(expression, { timeout: TIMEOUT_MS }), expressions, exact) };
  return last.guest;
}
