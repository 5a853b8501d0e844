import type { Connections } from '../config/connections.ts';
import { callHttp } from '../egress/call-http.ts';
import { classifyStatus } from '../egress/classify.ts';
import { asEgressError } from '../egress/exchange-http.ts';
import type { Pools } from '../egress/pools.ts';

export interface ConnectionVerdict {
  ok: boolean;
  status?: number;
  code?: string;
  message?: string;
  durationMs: number;
}

const TIMEOUT_MS = 8_000;

/**
 * Calls a connection's base address with its credential. Reached and let in is what counts: an address below which there is
 * nothing (404, 405) is a good connection all the same.
 */
export async function testConnection(of: { id: string; retailerId: string }, by: { connections: Connections; pools: Pools }): Promise<ConnectionVerdict> {
  const started = performance.now();
  const durationMs = () => Math.round(performance.now() - started);
  // Perhaps changed a moment ago, and the notice not here yet.
  by.connections.forget(of.id);
  const connection = await by.connections.get(of.id, of.retailerId);
  if (!connection) return { ok: false, code: 'connection_unknown', durationMs: durationMs() };
  try {
    const { answer } = await callHttp(by.pools, { method: 'GET', url: connection.baseUrl, headers: [], body: null, timeoutMs: TIMEOUT_MS, connection });
    const failure = classifyStatus(answer.status);
    if (!failure || failure.class === 'data') return { ok: true, status: answer.status, durationMs: durationMs() };
    const message = connection.mask ? connection.mask(answer.body) : answer.body;
    return { ok: false, status: answer.status, code: failure.code, message: message.slice(0, 500), durationMs: durationMs() };
  } catch (error) {
    const failure = asEgressError(error);
    return { ok: false, code: failure.code, message: connection.mask ? connection.mask(failure.message) : failure.message, durationMs: durationMs() };
  }
}
