const DAY_MS = 86_400_000;

/** A local time of a zone as instants (epoch milliseconds). */
export interface LocalInstants {
  /** None in a gap, one on most days, two where clocks are set back; ascending. */
  exact: number[];
  /** The instant itself, the first of two, or, in a gap, as far after the gap as the time stands in it: 02:30 becomes 03:30. */
  shifted: number;
  /** Not later than any instant of this local time or of one after it. */
  floor: number;
}

/**
 * @param local the clock reading, as the epoch milliseconds it would have in UTC
 * @throws RangeError for an unknown zone
 */
export function instantsOf(local: number, timeZone: string): LocalInstants {
  const before = offsetAt(local - DAY_MS, timeZone);
  const after = offsetAt(local + DAY_MS, timeZone);
  if (before === after) return { exact: [local - before], shifted: local - before, floor: local - before };
  const exact = [...new Set([before, after])].map((offset) => ({ offset, at: local - offset })).filter(({ offset, at }) => offsetAt(at, timeZone) === offset);
  const instants = exact.map(({ at }) => at).toSorted((one, other) => one - other);
  return { exact: instants, shifted: instants[0] ?? local - before, floor: local - Math.max(before, after) };
}

/** What the clocks of a zone show at an instant, as the epoch milliseconds that reading would have in UTC. @throws RangeError */
export function localAt(instant: number, timeZone: string): number {
  return instant + offsetAt(instant, timeZone);
}

/** Milliseconds east of UTC at an instant. */
function offsetAt(instant: number, timeZone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(instant)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

/** Making a formatter costs about 50 µs, using one about 2. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  });
  if (formats.size > 600) formats.clear();
  formats.set(timeZone, format);
  return format;
}
