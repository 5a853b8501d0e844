import type { Json } from '#engine/flow/json.ts';
import type { DemoRetailer, DemoSecrets } from './demo-secrets.ts';

export const systemNames = ['shop', 'erp', 'loyalty'] as const;
export type SystemName = (typeof systemNames)[number];

export interface DemoRequest {
  method: string;
  /** Below the system's base URL, without query. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | undefined>;
  body: string;
}

export interface DemoAnswer {
  status: number;
  body: Json;
  headers?: Record<string, string>;
}

/** A request that passed authentication. */
export interface KnownRequest extends DemoRequest {
  retailer: DemoRetailer;
}

/** One of the three systems. It answers at once; latency, rates, faults, replays and the log are the server's business. */
export interface DemoSystem {
  /** The header that carries the key of this system, and which of a retailer's secrets it must be. */
  secretHeader: string;
  secretOf(secrets: DemoSecrets): string;
  handle(request: KnownRequest): DemoAnswer;
  /** Takes up again what an earlier answer of 201 did, when the log is read after a restart. */
  restore(request: KnownRequest, answer: DemoAnswer): void;
}

export function notFound(): DemoAnswer {
  return { status: 404, body: { error: 'not_found' } };
}
