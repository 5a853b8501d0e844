import { parseJson, stringifyJson, type Json } from '#engine/flow/json.ts';
import { demoRetailers, demoSecrets } from './demo-secrets.ts';
import { createErp } from './erp.ts';
import { createRate, noFaults, type Faults } from './faults.ts';
import type { Journal, LogEntry } from './journal.ts';
import { createLoyalty } from './loyalty.ts';
import { createShop } from './shop.ts';
import type { DemoAnswer, DemoRequest, DemoSystem, KnownRequest, SystemName } from './system.ts';

/** What a caller gets: an answer, or a connection cut after the work was done. */
export type Reception = DemoAnswer | 'cut';

export interface Receiver {
  faults: Record<SystemName, Faults>;
  receive(name: SystemName, request: DemoRequest): Promise<Reception>;
}

/** What the three systems have in common: authentication, rates, idempotency keys, latency, faults, and the log of it all. */
export function createReceiver(journal: Journal, random: () => number = Math.random): Receiver {
  const systems: Record<SystemName, DemoSystem> = { shop: createShop(), erp: createErp(), loyalty: createLoyalty() };
  const faults = { shop: noFaults(), erp: noFaults(), loyalty: noFaults() };
  const rate = createRate();
  /** First answers by system, retailer and idempotency key. */
  const answered = new Map<string, { body: string; answer: DemoAnswer }>();

  for (const entry of journal.entries) {
    const known = knownFrom(entry);
    if (known === null || entry.status !== 201 || entry.replayed) continue;
    const answer = { status: entry.status, body: parseJson(entry.answer) };
    systems[entry.system].restore(known, answer);
    if (entry.idempotencyKey !== null) answered.set(keyOf(entry.system, known, entry.idempotencyKey), { body: entry.body, answer });
  }

  /** Synchronous from the look at the key to the log, so that two requests with one key cannot pass each other. */
  function carryOut(name: SystemName, request: DemoRequest): DemoAnswer & { replayed?: boolean } {
    const retailer = demoRetailers.find((one) => systems[name].secretOf(demoSecrets[one]) === request.headers[systems[name].secretHeader]);
    if (retailer === undefined) return { status: 401, body: { error: 'unauthorized' } };
    const wait = rate(`${name} ${retailer}`, faults[name].ratePerSecond, Date.now());
    if (wait > 0) return { status: 429, body: { error: 'rate_limited' }, headers: { 'retry-after': String(wait) } };
    const known = { ...request, retailer };
    const idempotencyKey = request.method === 'POST' ? request.headers['idempotency-key'] : undefined;
    if (idempotencyKey === undefined) return systems[name].handle(known);
    const key = keyOf(name, known, idempotencyKey);
    const first = answered.get(key);
    if (first?.body === request.body) return { ...first.answer, status: 200, headers: { 'idempotency-replayed': 'true' }, replayed: true };
    if (first) return { status: 409, body: { error: 'idempotency_conflict', message: 'This key was used with another body.' } };
    const answer = systems[name].handle(known);
    if (answer.status === 201) answered.set(key, { body: request.body, answer });
    return answer;
  }

  function log(name: SystemName, request: DemoRequest, answer: DemoAnswer & { replayed?: boolean }): void {
    const system = systems[name];
    const retailer = demoRetailers.find((one) => system.secretOf(demoSecrets[one]) === request.headers[system.secretHeader]) ?? null;
    journal.append({
      at: new Date().toISOString(),
      system: name,
      retailer,
      method: request.method,
      path: request.path,
      idempotencyKey: request.headers['idempotency-key'] ?? null,
      body: request.body,
      status: answer.status,
      answer: stringifyJson(answer.body),
      replayed: answer.replayed ?? false,
    });
  }

  return {
    faults,
    async receive(name, request) {
      const fault = faults[name];
      if (fault.hangMs > 0) await pause(fault.hangMs);
      const [shortest, longest] = fault.latencyMs;
      await pause(shortest + random() * (longest - shortest));
      const answer = takeFailure(fault) ?? carryOut(name, request);
      log(name, request, answer);
      if (fault.resetAfterApply === 0 || answer.status >= 300) return answer;
      fault.resetAfterApply -= 1;
      return 'cut';
    },
  };
}

function takeFailure(fault: Faults): DemoAnswer | null {
  const planned = [
    ['status503', 503, 'unavailable'],
    ['status500', 500, 'internal_error'],
    ['status401', 401, 'unauthorized'],
  ] as const;
  for (const [knob, status, error] of planned) {
    if (fault[knob] === 0) continue;
    fault[knob] -= 1;
    const body: Json = { error };
    return { status, body };
  }
  return null;
}

function keyOf(name: SystemName, request: KnownRequest, idempotencyKey: string): string {
  return `${name} ${request.retailer} ${idempotencyKey}`;
}

function knownFrom(entry: LogEntry): KnownRequest | null {
  const { retailer, method, path, body } = entry;
  return retailer === null ? null : { retailer, method, path, body, query: new URLSearchParams(), headers: {} };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
