import type { FailureClass } from '#engine/nodes/step.ts';

/** What an HTTP status means for the record; null is success. Codes are `http_<status>`. */
export function classifyStatus(status: number): { class: FailureClass; code: string } | null {
  if (status >= 200 && status < 300) return null;
  if (status === 429) return { class: 'limited', code: 'http_429' };
  if (status === 408 || status === 425 || status >= 500) return { class: 'transient', code: `http_${status}` };
  if (status === 401 || status === 403) return { class: 'auth', code: `http_${status}` };
  return { class: 'data', code: `http_${status}` };
}

/** Retry-After in milliseconds: seconds or a date. Undefined when absent or unreadable. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
