import type { DateParts } from './date-parts.ts';

type Piece = (parts: DateParts) => string;

const TOKEN = /YYYY|YY|MM|DD|HH|mm|ss|SSS|Z|\[([^\]]*)\]/g;
const PIECES: Record<string, Piece> = {
  YYYY: ({ year }) => digits(year, 4),
  YY: ({ year }) => digits(year % 100, 2),
  MM: ({ month }) => digits(month, 2),
  DD: ({ day }) => digits(day, 2),
  HH: ({ hour }) => digits(hour, 2),
  mm: ({ minute }) => digits(minute, 2),
  ss: ({ second }) => digits(second, 2),
  SSS: ({ millisecond }) => digits(millisecond, 3),
  Z: ({ offset }) => offsetText(offset ?? 0),
};

/** Patterns are few; reading one costs more than writing a date by it. */
const compiled = new Map<string, Piece[]>();

/** Writes a date by a pattern of YYYY YY MM DD HH mm ss SSS Z; other characters, and text in [brackets], stay as they are. */
export function formatDate(parts: DateParts, pattern: string): string {
  let pieces = compiled.get(pattern);
  if (pieces === undefined) {
    if (compiled.size > 500) compiled.clear();
    pieces = compilePattern(pattern);
    compiled.set(pattern, pieces);
  }
  let text = '';
  for (const piece of pieces) text += piece(parts);
  return text;
}

/** ISO text: a day alone stays a day; an offset is written when one is known. */
export function isoOf(parts: DateParts): string {
  const day = formatDate(parts, 'YYYY-MM-DD');
  if (!parts.hasTime) return day;
  const time = formatDate(parts, parts.millisecond === 0 ? 'HH:mm:ss' : 'HH:mm:ss.SSS');
  const zone = parts.offset === null ? '' : parts.offset === 0 ? 'Z' : offsetText(parts.offset);
  return `${day}T${time}${zone}`;
}

function compilePattern(pattern: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of pattern.matchAll(TOKEN)) {
    const fixed = pattern.slice(at, match.index);
    if (fixed !== '') pieces.push(() => fixed);
    const literal = match[1];
    pieces.push(PIECES[match[0]] ?? (() => literal ?? ''));
    at = match.index + match[0].length;
  }
  const tail = pattern.slice(at);
  if (tail !== '') pieces.push(() => tail);
  return pieces;
}

function offsetText(offset: number): string {
  const minutes = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${digits(Math.floor(minutes / 60), 2)}:${digits(minutes % 60, 2)}`;
}

function digits(value: number, length: number): string {
  if (length === 2 && value >= 10) return String(value);
  return String(value).padStart(length, '0');
}
