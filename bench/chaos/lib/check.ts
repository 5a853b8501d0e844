import type { FarCall } from './far-protocol.ts';
import type { Records } from './read-records.ts';
import type { Sent } from './senders.ts';

/** Something that was done to the system, epoch milliseconds. */
export interface Fault {
  name: string;
  from: number;
  to: number;
}

/** What a flow's events are expected to do; see Target of stage.ts. */
export interface Expectation {
  flowId: string;
  tenant: string;
  ids: { retailerId: string };
  effects: string[];
  ordered: boolean;
}

export interface Evidence {
  /** What the senders were told. */
  sent: readonly Sent[];
  /** What the far end received. */
  calls: readonly FarCall[];
  /** What the database says. */
  records: Records;
  targets: readonly Expectation[];
  faults: readonly Fault[];
  /** Ids whose run is expected to fail, with no effect. */
  failed: ReadonlySet<string>;
}

export interface Findings {
  acknowledged: number;
  events: number;
  runs: number;
  /** Distinct idempotency keys applied. */
  effects: number;
  /** Calls that repeated an applied and answered one because of a fault. */
  repeated: number;
  /** Calls that repeated an applied one whose answer the engine has written down as not heard. */
  repeatedUnheard: number;
  /** How long before its fault the earliest of those was answered, milliseconds. */
  oldestRepeatMs: number;
  inversions: number;
  lost: number;
  problems: string[];
}

/** A call answered this long before a kill may not be durable yet: the journal gathers 20 ms, a commit on a busy machine takes its time. */
const IN_FLIGHT_MS = 3_000;
/** A call of a killed process may still be on its way when the process is gone. */
const ON_ITS_WAY_MS = 2_000;
const SHOWN = 3;

/**
 * Compares what the senders were told, what the far end received and what the database says:
 * no loss · nothing unknown · effects unique per key with one content · repeated calls only for writes in flight at a fault ·
 * order per key · right tenant · everything terminal.
 */
export function check(evidence: Evidence): Findings {
  const problems = new Map<string, string[]>();
  const note = (kind: string, example: string): void => void problems.set(kind, [...(problems.get(kind) ?? []), example]);
  const { sent, records, failed } = evidence;
  const targets = new Map(evidence.targets.map((target) => [target.flowId, target]));
  const byDelivery = new Map(records.events.map((event) => [`${event.flowId} ${event.deliveryId}`, event]));
  const runsByEvent = Map.groupBy(records.runs, (run) => run.eventId);
  const applied = Map.groupBy(evidence.calls.filter((call) => call.applied), (call) => `${call.path} ${call.id}`);
  const known = new Set(sent.map((one) => `${one.flow} ${one.id}`));

  // No loss, and everything terminal.
  let lost = 0;
  for (const one of sent) {
    const target = targets.get(one.flow);
    const event = byDelivery.get(`${one.flow} ${one.id}`);
    if (!target || (!one.acknowledged && !event)) continue;
    if (!event) {
      lost += 1;
      note('acknowledged and not in the database', one.id);
      continue;
    }
    if (one.eventId !== null && one.eventId !== event.id) note('told another event id', one.id);
    const runs = runsByEvent.get(event.id) ?? [];
    if (runs.length !== 1) note(`${runs.length} runs of one event`, one.id);
    const wanted = failed.has(one.id) ? 'failed' : 'succeeded';
    if (runs[0] && runs[0].state !== wanted) note(`run ${runs[0].state} instead of ${wanted}`, one.id);
    if (failed.has(one.id)) continue;
    for (const path of target.effects) {
      const calls = applied.get(`/${target.tenant}${path} ${one.id}`) ?? [];
      if (calls.length === 0) {
        lost += 1;
        note(`no effect at ${path}`, one.id);
      } else if (new Set(calls.map((call) => call.key)).size > 1) note('one effect under several keys', one.id);
    }
  }
  for (const { eventId } of records.waiting) note('not terminal', eventId);

  // Nothing unknown, right tenant.
  const seenDeliveries = new Set<string>();
  for (const event of records.events) {
    const name = `${event.flowId} ${event.deliveryId}`;
    if (seenDeliveries.has(name)) note('one delivery, several events', event.deliveryId);
    seenDeliveries.add(name);
    if (event.deliveryId !== '' && !known.has(name)) note('an event nobody sent', event.deliveryId);
    if (targets.get(event.flowId)?.ids.retailerId !== event.retailerId) note('an event of the wrong tenant', event.deliveryId);
  }
  for (const run of records.runs) if (targets.get(run.flowId)?.ids.retailerId !== run.retailerId) note('a run of the wrong tenant', run.id);
  const ledger = new Map(records.effects.map((effect) => [effect.key, effect]));
  const farKeys = new Set(evidence.calls.map((call) => call.key));
  for (const effect of records.effects) if (!farKeys.has(effect.key)) note('an effect the far end never saw', effect.key);
  for (const call of evidence.calls) if (!call.path.startsWith(`/${call.tenant}/`)) note('a call with another tenant’s data', call.path);

  // Effects unique per key, one content; repeats only at faults.
  let repeated = 0;
  let oldestRepeatMs = 0;
  let repeatedUnheard = 0;
  for (const [key, calls] of Map.groupBy(evidence.calls, (call) => call.key)) {
    if (key === '') continue;
    const [first] = calls;
    if (!first) continue;
    if (calls.some((call) => call.digest !== first.digest || call.path !== first.path)) note('one key, several contents', first.id);
    if (calls.some((call) => call.applied) && !ledger.has(key)) note('an effect that is not in the ledger', first.id);
    let excused = records.unheard.get(key) ?? 0;
    for (const [index, call] of calls.entries()) {
      const next = calls[index + 1];
      if (!next || !call.applied || call.status !== 200) continue;
      const fault = evidence.faults.find((one) => one.to + ON_ITS_WAY_MS >= call.at && one.from <= next.at && call.at >= one.from - IN_FLIGHT_MS);
      if (fault) {
        repeated += 1;
        oldestRepeatMs = Math.max(oldestRepeatMs, fault.from - call.at);
      } else if (excused > 0) {
        // Answered, but too late for the time the call is given: on a busy machine that happens without any fault of ours.
        excused -= 1;
        repeatedUnheard += 1;
      } else note('a call repeated without a fault', `${call.id} after ${Math.round(next.at - call.at)} ms`);
    }
  }

  const inversions = countInversions(evidence, note);
  return {
    acknowledged: sent.filter((one) => one.acknowledged).length,
    events: records.events.length,
    runs: records.runs.length,
    effects: new Set(evidence.calls.filter((call) => call.applied).map((call) => call.key)).size,
    repeated,
    repeatedUnheard,
    oldestRepeatMs: Math.round(Math.max(0, oldestRepeatMs)),
    inversions,
    lost,
    problems: [...problems].map(([kind, examples]) => `${kind}: ${examples.length} (${examples.slice(0, SHOWN).join(', ')})`),
  };
}

/** Per ordering key the calls, repeated ones too, must come in the order in which the events were accepted. */
function countInversions(evidence: Evidence, note: (kind: string, example: string) => void): number {
  let inversions = 0;
  for (const target of evidence.targets) {
    if (!target.ordered) continue;
    const events = new Map(evidence.records.events.filter((event) => event.flowId === target.flowId).map((event) => [event.deliveryId, event]));
    const last = new Map<string, number>();
    for (const call of evidence.calls) {
      const event = call.path.startsWith(`/${target.tenant}/`) ? events.get(call.id) : undefined;
      if (!event || event.key === null) continue;
      const before = last.get(event.key) ?? 0;
      if (event.seq < before) {
        inversions += 1;
        note('a call out of order', `${call.id} of key ${event.key}`);
      }
      last.set(event.key, Math.max(before, event.seq));
    }
  }
  return inversions;
}
