import type { BudgetReaderId } from '#engine/flow/rate-limit.ts';

/** What a vendor says is left of a budget. */
export interface BudgetReading {
  /** Calls or points in all. */
  capacity?: number;
  remaining?: number;
  /** Until it is full again, milliseconds. */
  resetMs?: number;
  perSecond?: number;
}

interface HeaderReader {
  id: Exclude<BudgetReaderId, 'auto' | 'none'>;
  /** Its presence says that the vendor speaks this way. */
  sign: string;
  capacity?: string;
  remaining?: string;
  reset?: string;
  /** `seconds`: large values are epoch seconds, as several vendors mix them. */
  resetUnit?: 'seconds' | 'milliseconds';
  /** `used/capacity` in one header. */
  ratio?: string;
  perSecond?: string;
  /** The structured field of draft-ietf-httpapi-ratelimit-headers: `"default";r=50;t=30`. */
  structured?: string;
}

/**
 * Ways vendors tell their limits, as data. Checked against: draft-ietf-httpapi-ratelimit-headers (structured from -08, three
 * fields before it; Klaviyo speaks the latter), HubSpot and Lightspeed (X-RateLimit-*), ShipStation (X-Rate-Limit-*), BigCommerce
 * (X-Rate-Limit-Requests-*), Shopify REST (used/capacity), Amazon SP-API (a rate). Akeneo and D365 send Retry-After only.
 */
const HEADER_READERS: readonly HeaderReader[] = [
  { id: 'ratelimit', sign: 'ratelimit', structured: 'ratelimit' },
  { id: 'ratelimit-fields', sign: 'ratelimit-remaining', capacity: 'ratelimit-limit', remaining: 'ratelimit-remaining', reset: 'ratelimit-reset' },
  { id: 'x-ratelimit', sign: 'x-ratelimit-remaining', capacity: 'x-ratelimit-limit', remaining: 'x-ratelimit-remaining', reset: 'x-ratelimit-reset' },
  {
    id: 'bigcommerce', sign: 'x-rate-limit-requests-left', capacity: 'x-rate-limit-requests-quota', remaining: 'x-rate-limit-requests-left',
    reset: 'x-rate-limit-time-reset-ms', resetUnit: 'milliseconds',
  },
  { id: 'x-rate-limit', sign: 'x-rate-limit-remaining', capacity: 'x-rate-limit-limit', remaining: 'x-rate-limit-remaining', reset: 'x-rate-limit-reset' },
  { id: 'shopify-rest', sign: 'x-shopify-shop-api-call-limit', ratio: 'x-shopify-shop-api-call-limit' },
  { id: 'amazon', sign: 'x-amzn-ratelimit-limit', perSecond: 'x-amzn-ratelimit-limit' },
];

export interface Answered {
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** What an answer says of the account's budget; null: nothing. */
export function readBudget(answer: Answered, reader: BudgetReaderId, now: number): BudgetReading | null {
  if (reader === 'none') return null;
  if (reader === 'shopify-graphql') return throttleStatus(answer.body);
  for (const one of HEADER_READERS) {
    if (reader !== 'auto' && reader !== one.id) continue;
    if (answer.headers[one.sign] !== undefined) return readHeaders(one, answer.headers, now);
  }
  return null;
}

function readHeaders(reader: HeaderReader, headers: Readonly<Record<string, string>>, now: number): BudgetReading {
  if (reader.structured !== undefined) return readStructured(headers[reader.structured] ?? '');
  const reading: BudgetReading = {};
  const number = (name: string | undefined) => (name === undefined ? undefined : firstNumber(headers[name]));
  if (reader.ratio !== undefined) {
    const [used, capacity] = (headers[reader.ratio] ?? '').split('/').map(Number);
    if (used !== undefined && capacity !== undefined && Number.isFinite(used) && capacity > 0) Object.assign(reading, { capacity, remaining: Math.max(0, capacity - used) });
    return reading;
  }
  const [capacity, remaining, reset, perSecond] = [number(reader.capacity), number(reader.remaining), number(reader.reset), number(reader.perSecond)];
  if (capacity !== undefined) reading.capacity = capacity;
  if (remaining !== undefined) reading.remaining = Math.max(0, remaining);
  if (perSecond !== undefined) reading.perSecond = perSecond;
  if (reset !== undefined) reading.resetMs = resetMs(reset, reader.resetUnit ?? 'seconds', now);
  return reading;
}

function resetMs(value: number, unit: 'seconds' | 'milliseconds', now: number): number {
  if (unit === 'milliseconds') return Math.max(0, value);
  if (value > 1e12) return Math.max(0, value - now);
  return Math.max(0, value > 1e9 ? value * 1000 - now : value * 1000);
}

/** The first member counts: it is the limit that is nearest to being reached. */
function readStructured(text: string): BudgetReading {
  const [member = ''] = text.split(',');
  const reading: BudgetReading = {};
  for (const parameter of member.split(';').slice(1)) {
    const [name = '', value = ''] = parameter.trim().split('=');
    const number = firstNumber(value);
    if (number === undefined) continue;
    if (name === 'r') reading.remaining = Math.max(0, number);
    else if (name === 't') reading.resetMs = number * 1000;
  }
  return reading;
}

/** `3, 3;w=1, 60;w=60` gives 3. */
function firstNumber(text: string | undefined): number | undefined {
  const value = text === undefined ? Number.NaN : Number.parseFloat(text);
  return Number.isFinite(value) ? value : undefined;
}

const THROTTLE = /"throttleStatus"\s*:\s*\{([^{}]*)\}/;

/** Shopify's GraphQL answers say so in the body: `extensions.cost.throttleStatus`, at its end. */
function throttleStatus(body: string): BudgetReading | null {
  const inside = THROTTLE.exec(body.slice(-2_000))?.[1];
  if (inside === undefined) return null;
  const field = (name: string) => firstNumber(new RegExp(`"${name}"\\s*:\\s*([0-9.]+)`).exec(inside)?.[1]);
  const [capacity, remaining, perSecond] = [field('maximumAvailable'), field('currentlyAvailable'), field('restoreRate')];
  return {
    ...(capacity === undefined ? {} : { capacity }), ...(remaining === undefined ? {} : { remaining }), ...(perSecond === undefined ? {} : { perSecond }),
  };
}
