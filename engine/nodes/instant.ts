import type { Json } from '../flow/json.ts';
import { dateFromValue } from '../mapping/date-parts.ts';

/** Epoch milliseconds of ISO text (without an offset: UTC) or of a Unix time in seconds or milliseconds; null for anything else. */
export function instantOf(value: Json | undefined): number | null {
  const parts = value === undefined ? null : dateFromValue(value);
  if (parts === null) return null;
  const { year, month, day, hour, minute, second, millisecond, offset } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond) - (offset ?? 0) * 60_000;
}
