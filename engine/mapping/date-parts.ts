import type { Json } from '../flow/json.ts';

/** A date as it was written: its own digits, and its offset if it had one. */
export interface DateParts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  /** False for a date without a time of day. */
  hasTime: boolean;
  /** Minutes east of UTC; null when the text named no offset. */
  offset: number | null;
}

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/;
/** Seconds since 1970 stay below this until the year 5138; larger numbers are milliseconds. */
const MILLISECONDS_FROM = 1e11;

/** Reads ISO text, or seconds or milliseconds since 1970; null for anything else and for days that do not exist. */
export function dateFromValue(value: Json): DateParts | null {
  if (typeof value === 'number') {
    return partsAt(Math.abs(value) < MILLISECONDS_FROM ? value * 1_000 : value);
  }
  if (typeof value !== 'string') return null;
  const match = ISO.exec(value.trim());
  if (match === null) return null;
  const [, year, month, day, hour, minute, second = '0', fraction = '0', zone] = match;
  return existing({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second),
    millisecond: Math.floor(Number(`0.${fraction}`) * 1_000),
    hasTime: hour !== undefined,
    offset: offsetOf(zone),
  });
}

const TOKENS = /YYYY|MM|DD|HH|mm|ss/g;

/** Reads text by a pattern such as `DD.MM.YYYY HH:mm`. */
export function dateFromPattern(value: Json, pattern: string): DateParts | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value).trim();
  const found: Record<string, number> = {};
  for (const { 0: token, index } of pattern.matchAll(TOKENS)) {
    const digits = text.slice(index, index + token.length);
    if (!/^\d+$/.test(digits) || digits.length !== token.length) return null;
    found[token] = Number(digits);
  }
  if (pattern.replace(TOKENS, '') !== leftover(text, pattern)) return null;
  const { YYYY: year, MM: month, DD: day, HH: hour, mm: minute = 0, ss: second = 0 } = found;
  if (year === undefined || month === undefined || day === undefined) return null;
  const hasTime = hour !== undefined;
  return existing({ year, month, day, hour: hour ?? 0, minute, second, millisecond: 0, hasTime, offset: null });
}

/** What stands between the digits the tokens took. */
function leftover(text: string, pattern: string): string {
  let rest = '';
  let at = 0;
  for (const { 0: token, index } of pattern.matchAll(TOKENS)) {
    rest += text.slice(at, index);
    at = index + token.length;
  }
  return rest + text.slice(at);
}

/** The same instant on the clock of a time zone; text without an offset is taken as UTC. Null for an unknown zone. */
export function inTimeZone(parts: DateParts, timeZone: string): DateParts | null {
  const instant = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  const utc = instant - (parts.offset ?? 0) * 60_000;
  const format = zoneFormat(timeZone);
  if (format === null) return null;
  const local: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(utc)) local[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = local;
  const offset = Math.round((Date.UTC(year, month - 1, day, hour, minute, second) - utc) / 60_000);
  return { year, month, day, hour, minute, second, millisecond: parts.millisecond, hasTime: true, offset };
}

/** Making a formatter costs about 50 µs, using one about 2. */
const formats = new Map<string, Intl.DateTimeFormat>();

function zoneFormat(timeZone: string): Intl.DateTimeFormat | null {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    // Zone names may come from data, so the store must not grow without end.
    if (formats.size > 600) formats.clear();
    formats.set(timeZone, format);
    return format;
  } catch {
    return null;
  }
}

function partsAt(milliseconds: number): DateParts | null {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return null;
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
    hasTime: true,
    offset: 0,
  };
}

function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined) return null;
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

function existing(parts: DateParts): DateParts | null {
  const { year, month, day, hour, minute, second } = parts;
  const inRange = month >= 1 && month <= 12 && day >= 1 && hour <= 23 && minute <= 59 && second <= 59;
  // Day 0 of the next month is the last of this one.
  return inRange && day <= new Date(Date.UTC(year, month, 0)).getUTCDate() ? parts : null;
}
