import { z } from 'zod';

/** How one system misbehaves. Counts go down with each request they hit. */
export const faultsSchema = z.strictObject({
  /** The next n requests are answered 503 / 500 / 401 without being looked at. */
  status503: z.int().min(0).default(0),
  status500: z.int().min(0).default(0),
  status401: z.int().min(0).default(0),
  /** The next n requests are carried out, then the connection is cut without an answer. */
  resetAfterApply: z.int().min(0).default(0),
  /** Every request waits this long before it is looked at, milliseconds. */
  hangMs: z.int().min(0).max(600_000).default(0),
  /** Answers take between these, milliseconds. */
  latencyMs: z.tuple([z.int().min(0), z.int().min(0)]).default([20, 80]),
  /** Requests a second and retailer; above it 429 with Retry-After. */
  ratePerSecond: z.int().min(1).default(50),
});
export type Faults = z.infer<typeof faultsSchema>;

/** Body of `POST /faults`: what is not named goes back to normal. */
export const faultsRequestSchema = z.strictObject({ shop: faultsSchema.optional(), erp: faultsSchema.optional(), loyalty: faultsSchema.optional() });

export function noFaults(): Faults {
  return faultsSchema.parse({});
}

/** Counts requests by second. Returns how many seconds to stay away, 0 when within the rate. */
export function createRate(): (key: string, perSecond: number, nowMs: number) => number {
  const seen = new Map<string, { second: number; count: number }>();
  return (key, perSecond, nowMs) => {
    const second = Math.floor(nowMs / 1000);
    const entry = seen.get(key);
    const count = entry?.second === second ? entry.count + 1 : 1;
    seen.set(key, { second, count });
    return count > perSecond ? 1 : 0;
  };
}
