import { isRawNumber, type Json } from '../../flow/json.ts';
import { compareNumbers } from '../../mapping/decimal.ts';
import { instantOf } from '../instant.ts';

const DATE = /^\d{4}-\d{2}-\d{2}/;

/**
 * Negative, zero or positive: which of two marks ("changed up to") is further on. ISO instants compare by their moment down
 * to the last digit of the fraction, numbers and number texts as numbers; null for what cannot be compared.
 */
export function compareMarks(left: Json, right: Json): number | null {
  if (isInstantText(left) && isInstantText(right)) {
    const a = instantOf(left);
    const b = instantOf(right);
    if (a === null || b === null) return null;
    if (a !== b) return a < b ? -1 : 1;
    const [finer, other] = [fractionOf(left), fractionOf(right)];
    return finer === other ? 0 : finer < other ? -1 : 1;
  }
  if (!isNumeric(left) || !isNumeric(right)) return null;
  return compareNumbers(left, right);
}

/** Whether a value can be a mark at all. */
export function isMark(value: Json | undefined): value is Json {
  return value !== undefined && value !== null && compareMarks(value, value) === 0;
}

function isInstantText(value: Json): value is string {
  return typeof value === 'string' && DATE.test(value);
}

function isNumeric(value: Json): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || isRawNumber(value) || (typeof value === 'string' && /^\d+(?:\.\d+)?$/.test(value));
}

/** Digits behind the second, padded so that they compare as text. */
function fractionOf(text: string): string {
  return (/\d:\d{2}[.,](\d+)/.exec(text)?.[1] ?? '').padEnd(9, '0');
}

/** The mark set back by an overlap, written as the system writes it; marks that are no instants stay as they are. */
export function withOverlap(mark: Json, overlapSeconds: number): Json {
  if (overlapSeconds === 0 || !isInstantText(mark)) return mark;
  const instant = instantOf(mark);
  if (instant === null) return mark;
  const offset = /([+-])(\d{2}):?(\d{2})$/.exec(mark.slice(10));
  const eastMs = offset === null ? 0 : (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3])) * 60_000;
  const local = new Date(instant - overlapSeconds * 1_000 + eastMs).toISOString();
  if (mark.length === 10) return local.slice(0, 10);
  const clock = /[.,]\d/.test(mark) ? local.slice(0, 23) : local.slice(0, 19);
  const zone = /Z$/i.test(mark) ? 'Z' : (offset?.[0] ?? '');
  return (mark[10] === ' ' ? clock.replace('T', ' ') : clock) + zone;
}
