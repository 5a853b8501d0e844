import jsonata from 'jsonata';
import { MAX_FORMULA } from './mapping-schema.ts';

/** Why an expression cannot be read; words below `problems.mapping_formula_invalid`. */
export type FormulaReason = 'unclosed' | 'unexpected' | 'unfinished' | 'number' | 'escape' | 'pattern' | 'definition' | 'too_long' | 'other';

export interface FormulaFault {
  reason: FormulaReason;
  /** The character at which reading stopped, from 1. */
  position: number;
  /** What stands there, or ''. */
  near: string;
}

const REASONS: Readonly<Record<string, FormulaReason>> = {
  S0101: 'unclosed',
  S0102: 'number',
  S0103: 'escape',
  S0104: 'escape',
  S0105: 'unclosed',
  S0106: 'unclosed',
  S0201: 'unexpected',
  S0202: 'unexpected',
  S0203: 'unfinished',
  S0204: 'unexpected',
  S0205: 'unexpected',
  S0206: 'unexpected',
  S0207: 'unfinished',
  S0208: 'definition',
  S0209: 'unexpected',
  S0210: 'unexpected',
  S0211: 'unexpected',
  S0212: 'definition',
  S0213: 'unexpected',
  S0214: 'definition',
  S0215: 'unexpected',
  S0216: 'unexpected',
  S0217: 'unexpected',
  S0301: 'pattern',
  S0302: 'pattern',
  S0303: 'pattern',
  S0401: 'definition',
  S0402: 'definition',
};

export interface FormulaReading {
  fault: FormulaFault | null;
  /** A number in it with more digits than JSONata calculates with, as it is written; '' when there is none. */
  longNumber: string;
}

const MAX_KEPT = 500;
const kept = new Map<string, FormulaReading>();

/** Reads an expression without running any of it. Answers are kept: a flow is checked with every edit. */
export function readFormula(expression: string): FormulaReading {
  const known = kept.get(expression);
  if (known !== undefined) return known;
  const reading = expression.length > MAX_FORMULA ? { fault: { reason: 'too_long' as const, position: MAX_FORMULA, near: '' }, longNumber: '' } : read(expression);
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(expression, reading);
  return reading;
}

/** What is wrong with an expression; null when it can be read. */
export function formulaFault(expression: string): FormulaFault | null {
  return readFormula(expression).fault;
}

function read(expression: string): FormulaReading {
  try {
    const compiled = jsonata(expression);
    const [digits = ''] = /\d{16,}/.exec(expression) ?? [];
    return { fault: null, longNumber: digits !== '' && holdsLongNumber(compiled.ast()) ? digits : '' };
  } catch (error) {
    return { fault: faultOf(error, expression.length), longNumber: '' };
  }
}

/** Whether a number in a parsed expression was changed by being read; digits inside text are none. */
function holdsLongNumber(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  const { type, value }: { type?: unknown; value?: unknown } = node;
  if (type === 'number') return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
  return Object.values(node).some((part) => holdsLongNumber(part));
}

function faultOf(error: unknown, length: number): FormulaFault {
  const { code, position, token, value } = Object(error) as { code?: unknown; position?: unknown; token?: unknown; value?: unknown };
  const near = typeof token === 'string' ? token : typeof value === 'string' ? value : '';
  return {
    reason: (typeof code === 'string' ? REASONS[code] : undefined) ?? 'other',
    position: Math.max(1, Math.min(typeof position === 'number' ? position : 1, Math.max(1, length))),
    near: near === '(end)' ? '' : near.slice(0, 40),
  };
}
