import { isRawNumber, isRecord, textOf, type Json } from '../../flow/json.ts';
import { compareNumbers, multiply, divide, round, toNumber } from '../../mapping/decimal.ts';

/** What a record has against its schema. */
export interface SchemaFault {
  /** Where, such as `lines[0].sku`; '' is the record itself. */
  path: string;
  /** The keyword that was broken; texts at `mapping`-like places are the caller's business. */
  keyword: string;
  /** What the schema asked for, short. */
  expected: string;
}

const MAX_STEPS = 500_000;
const MAX_DEPTH = 200;

/**
 * One look at one record. Schemas may refer to themselves and offer alternatives, so the work is counted: a record that
 * costs too much is refused instead of stopping the process.
 */
export class Look {
  readonly faults: SchemaFault[] = [];
  private readonly limit: number;
  private readonly budget: { steps: number };
  private depth = 0;

  constructor(limit = 20, budget = { steps: 0 }) {
    this.limit = limit;
    this.budget = budget;
  }

  /** Whether there is any use in looking on. */
  get done(): boolean {
    return this.faults.length >= this.limit;
  }

  fault(path: string, keyword: string, expected: Json | undefined = ''): void {
    if (!this.done) this.faults.push({ path, keyword, expected: textOf(expected).slice(0, 100) });
  }

  /** Runs a check unless the work has grown too much. */
  into(check: SchemaCheck, value: Json, path: string): void {
    if (this.done) return;
    this.budget.steps += 1;
    if (this.depth >= MAX_DEPTH || this.budget.steps > MAX_STEPS) {
      this.fault(path, 'too_complex');
      return;
    }
    this.depth += 1;
    check(value, path, this);
    this.depth -= 1;
  }

  /** Whether a value would pass, without saying what is wrong. */
  passes(check: SchemaCheck, value: Json, path: string): boolean {
    const inner = new Look(1, this.budget);
    inner.depth = this.depth;
    inner.into(check, value, path);
    if (inner.faults[0]?.keyword === 'too_complex') this.fault(path, 'too_complex');
    return inner.faults.length === 0;
  }
}

export type SchemaCheck = (value: Json, path: string, look: Look) => void;

export function isNumber(value: Json): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || isRawNumber(value);
}

export function isWhole(value: Json): boolean {
  if (typeof value === 'number') return Number.isInteger(value);
  return typeof value === 'bigint' || (isRawNumber(value) && compareNumbers(round(value, 0), value) === 0);
}

export function isMultiple(value: Json, of: Json): boolean {
  const quotient = divide(value, of);
  return quotient !== null && compareNumbers(multiply(round(quotient, 0), of), value) === 0;
}

export function typeFits(value: Json, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'boolean':
      return typeof value === 'boolean';
    case 'string':
      return typeof value === 'string';
    case 'number':
      return isNumber(value);
    case 'integer':
      return isNumber(value) && isWhole(value);
    case 'array':
      return Array.isArray(value);
    default:
      return isRecord(value);
  }
}

/** The same text for values that JSON Schema calls equal: 1 and 1.0, objects in any order of keys. */
export function canonicalText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (isRecord(value)) {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalText(value[key] ?? null)}`).join(',')}}`;
  }
  if (isNumber(value)) return textOf(toNumber(value));
  return JSON.stringify(value);
}

/** Characters as people count them, not UTF-16 units. */
export function lengthOf(text: string): number {
  let count = 0;
  for (const _char of text) count += 1;
  return count;
}
