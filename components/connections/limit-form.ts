import type { AccountLimit, RateLimit } from '#engine/flow/rate-limit.ts';

/** The limits of an account as the dialog holds them: texts, so that a half-typed number stays what it is. */
export interface LimitForm {
  concurrency: string;
  drainPerSecond: string;
  style: 'none' | 'bucket' | 'window' | 'points';
  /** Size of the bucket or window; points of the bucket. */
  amount: string;
  /** Refill a second, or seconds of the window. */
  pace: string;
  perCall: string;
  account: string;
  /** What a person cannot say in this form, kept as it is: further limits, and how answers are read. */
  rest: { limits: AccountLimit[]; headers: RateLimit['headers'] };
}

export const LIMIT_STYLES = ['none', 'bucket', 'window', 'points'] as const satisfies readonly LimitForm['style'][];

export type LimitField = 'concurrency' | 'drainPerSecond' | 'amount' | 'pace' | 'perCall';

interface Stored {
  concurrency: number | null;
  rateLimit: RateLimit | null;
  drainPerSecond: number | null;
}

const text = (value: number | null | undefined) => (value === null || value === undefined ? '' : String(value));

export function openLimits(stored: Stored | null): LimitForm {
  const [first, ...others] = stored?.rateLimit?.limits ?? [];
  const known = first === undefined || first.style === 'concurrency' ? null : first;
  return {
    concurrency: text(stored?.concurrency),
    drainPerSecond: text(stored?.drainPerSecond),
    style: known?.style ?? 'none',
    amount: text(known?.style === 'points' ? known.points : known?.calls),
    pace: text(known?.style === 'window' ? known.seconds : known?.perSecond),
    perCall: text(known?.style === 'points' ? known.perCall : 1),
    account: stored?.rateLimit?.account ?? '',
    rest: { limits: known === null && first !== undefined ? [first, ...others] : others, headers: stored?.rateLimit?.headers ?? 'auto' },
  };
}

/** Which numbers cannot be saved. Empty means "no limit" where there may be none. */
export function checkLimits(form: LimitForm): Partial<Record<LimitField, 'numberMissing' | 'numberOff'>> {
  const problems: Partial<Record<LimitField, 'numberMissing' | 'numberOff'>> = {};
  for (const field of ['concurrency', 'drainPerSecond'] as const) {
    const value = form[field].trim();
    if (value !== '' && !/^[1-9]\d{0,3}$/.test(value)) problems[field] = 'numberOff';
  }
  if (form.concurrency.trim() !== '' && Number(form.concurrency) > 1_000) problems.concurrency = 'numberOff';
  if (form.style === 'none') return problems;
  for (const field of form.style === 'points' ? (['amount', 'pace', 'perCall'] as const) : (['amount', 'pace'] as const)) {
    const value = Number(form[field].replace(',', '.'));
    if (!(value > 0 && value <= 10_000_000)) problems[field] = 'numberMissing';
  }
  return problems;
}

/** The form as the API takes it. */
export function limitsOf(form: LimitForm): Stored {
  const number = (value: string) => Number(value.replace(',', '.'));
  const whole = (value: string) => (value.trim() === '' ? null : Number(value));
  const chosen: AccountLimit[] =
    form.style === 'bucket'
      ? [{ style: 'bucket', calls: number(form.amount), perSecond: number(form.pace) }]
      : form.style === 'window'
        ? [{ style: 'window', calls: number(form.amount), seconds: number(form.pace) }]
        : form.style === 'points'
          ? [{ style: 'points', points: number(form.amount), perSecond: number(form.pace), perCall: number(form.perCall) }]
          : [];
  const limits = [...chosen, ...form.rest.limits];
  const account = form.account.trim();
  const says = limits.length > 0 || account !== '' || form.rest.headers !== 'auto';
  return {
    concurrency: whole(form.concurrency),
    drainPerSecond: whole(form.drainPerSecond),
    rateLimit: says ? { limits, headers: form.rest.headers, ...(account === '' ? {} : { account }) } : null,
  };
}
