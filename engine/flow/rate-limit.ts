import { z } from 'zod';

/** How the headers of an outside system's answers are read; `auto`: by what is there. The readers: engine/host/traffic/budget-readers.ts. */
export const BUDGET_READERS = [
  'auto', 'ratelimit', 'ratelimit-fields', 'x-ratelimit', 'x-rate-limit', 'bigcommerce', 'shopify-rest', 'shopify-graphql', 'amazon', 'none',
] as const;
export type BudgetReaderId = (typeof BUDGET_READERS)[number];

const amount = z.number().positive().max(10_000_000);

/** One limit of an account; all of them hold at once. */
export const accountLimitSchema = z.discriminatedUnion('style', [
  /** A bucket of `calls`, filled again at `perSecond`. */
  z.strictObject({ style: z.literal('bucket'), calls: amount, perSecond: amount }),
  /** So many calls in each window. */
  z.strictObject({ style: z.literal('window'), calls: amount, seconds: amount }),
  /** A bucket of points of which a call costs some. */
  z.strictObject({ style: z.literal('points'), points: amount, perSecond: amount, perCall: amount.default(1) }),
  /** So many calls at the same time. */
  z.strictObject({ style: z.literal('concurrency'), calls: z.int().min(1).max(10_000) }),
]);
export type AccountLimit = z.infer<typeof accountLimitSchema>;

/** Limits of the account behind a connection (column connection.rate_limit). */
export const rateLimitSchema = z.strictObject({
  /** Connections of a retailer that name the same account share its budget; absent: the connection is the account. */
  account: z.string().min(1).max(100).optional(),
  limits: z.array(accountLimitSchema).max(6),
  headers: z.enum(BUDGET_READERS).default('auto'),
});
export type RateLimit = z.infer<typeof rateLimitSchema>;

const UNLIMITED: RateLimit = { limits: [], headers: 'auto' };

/** Reads what is stored: the whole shape, or one limit with `headers` and `account` beside it. Null: it cannot be read. */
export function readRateLimit(stored: unknown): RateLimit | null {
  if (stored === null || stored === undefined) return UNLIMITED;
  if (typeof stored === 'object' && 'style' in stored) {
    const { headers, account, ...limit }: Record<string, unknown> = { ...stored };
    return readRateLimit({ limits: [limit], ...(headers === undefined ? {} : { headers }), ...(account === undefined ? {} : { account }) });
  }
  const read = rateLimitSchema.safeParse(stored);
  return read.success ? read.data : null;
}
