import { newId } from '../new-id.ts';
import { parseJson, type Json } from '#engine/flow/json.ts';
import type { CallResult } from '#engine/nodes/step.ts';
import { StaleRun } from '#engine/run/journal.ts';
import type { RunOutcome } from '#engine/run/outcome.ts';
import type { PortCall, RunPorts } from '#engine/run/ports.ts';
import { runEvent } from '#engine/run/run-event.ts';
import type { Sandbox } from '#engine/sandbox/pool.ts';
import type { Flows, LiveFlow } from '../config/flows.ts';
import type { Sql } from '../database.ts';
import type { CallPort } from '../egress/call-port.ts';
import { faultPoint } from '../fault-points.ts';
import { MOST_RECORD } from '../journal/caps.ts';
import type { JournalWriter } from '../journal/journal-writer.ts';
import { HostRunJournal, NO_MEMORY } from '../journal/run-journal.ts';
import type { ExchangeRecord, RunHead } from '../journal/run-write.ts';
import type { RunState, StateHost } from '../state/state-host.ts';
import type { Entry, EventBody } from './entry.ts';
import { loadResumed, type Resumed } from './load-entries.ts';
import type { Lease } from './lease.ts';

export interface RunnerOptions {
  sql: Sql;
  flows: Flows;
  writer: JournalWriter;
  egress: CallPort;
  sandbox: Pick<Sandbox, 'evaluate'>;
  state: StateHost;
}

/** How a turn of an entry ended. `written` resolves when its journal is durable. */
export type EntryOutcome =
  | { type: 'ended'; written: Promise<void>; outcome: RunOutcome; runId: string }
  /** No version to run it on: it waits until there is one. */
  | { type: 'no_version' };

export interface EntryRunner {
  /** @throws StaleRun when the lane is no longer ours; anything else is a failure of this process, not of the event */
  run(entry: Entry, lease: Lease, urgent: boolean): Promise<EntryOutcome>;
  /** Shows runs that have been open for a while as running. */
  showSlow(): void;
}

/** A run open longer than this is written as running; quicker ones are written once, when they have ended. */
const SLOW_MS = 250;

/** Runs one entry of a lane: finds its version and what earlier attempts left, and hands it to the interpreter. */
export function createEntryRunner(options: RunnerOptions): EntryRunner {
  const { sql, flows, writer, egress, sandbox, state } = options;
  /** In the order they began. */
  const open = new Set<HostRunJournal>();

  async function begin(entry: Entry, lease: Lease, body: EventBody): Promise<{ flow: LiveFlow; resumed: Resumed | null } | null> {
    const resumed = entry.runId === null ? null : await loadResumed(sql, entry.runId, entry.eventId);
    const found = resumed ? flows.version(resumed.versionId) : flows.live(lease.flowId, body.environment);
    const flow = found instanceof Promise ? await found : found;
    return flow ? { flow, resumed } : null;
  }

  /** Few runs ask for it. */
  function stateOf(journal: HostRunJournal, body: EventBody): RunState {
    const { head, lease } = journal;
    return state.open({
      ...head,
      trigger: body.trigger,
      byHand: journal.byHand,
      marked: (name) => journal.checkpointSet(name),
      alive() {
        if (lease.lost || performance.now() > lease.validUntil) throw new StaleRun();
      },
    });
  }

  function ports(flow: LiveFlow, journal: HostRunJournal, runState: () => RunState): RunPorts {
    const { lease } = journal;
    // A process that slept through its lease must not act on it any more, not even with calls that waited for a connection.
    const mayStart = (): void => {
      if (lease.lost || performance.now() > lease.validUntil) throw new StaleRun();
    };
    return {
      call(call) {
        mayStart();
        const length = call.request.body?.length ?? 0;
        if (length > MOST_RECORD) return Promise.resolve(tooLarge(length));
        return egress.call(call, {
          retailerId: lease.retailerId,
          runId: journal.head.runId,
          mayStart,
          record: (exchange) => journal.exchange(keptOf(exchange, call), call.page),
          bodyIsRecord: sendsRecord(flow, call.nodeId) && call.request.body !== null,
        });
      },
      evaluate(request) {
        const evaluated = sandbox.evaluate({ ...request, tenant: lease.retailerId });
        faultPoint('in_sandbox');
        return evaluated;
      },
      state: (nodeId) => runState().of(nodeId),
      now: Date.now,
      random: Math.random,
    };
  }

  return {
    async run(entry, lease, urgent) {
      const { body } = entry;
      if (!body) throw new Error(`Event ${entry.eventId} has no inbox row.`);
      // The usual event is fresh and its flow in memory: nothing to wait for.
      const quick = entry.runId === null ? flows.live(lease.flowId, body.environment) : null;
      const begun = quick && !(quick instanceof Promise) ? { flow: quick, resumed: null } : await begin(entry, lease, body);
      if (!begun) return { type: 'no_version' };
      const { flow, resumed } = begun;
      const read = body.data === undefined ? tryParse(body.text) : { ok: true as const, data: body.data };
      const head = headOf({ entry, lease, body, flow, resumed, data: read.ok ? read.data : null });
      // Should this turn end without a result (the lease ran out while the database was away), the next one goes on with the same run.
      entry.runId = head.runId;
      const journal = new HostRunJournal(head, lease, { writer, memory: resumed?.memory ?? NO_MEMORY });
      const used: { state: RunState | null } = { state: null };
      const runState = (): RunState => (used.state ??= stateOf(journal, body));
      open.add(journal);
      try {
        const outcome = read.ok ? await runEvent(inputOf(journal, read.data, { flow, body, ports: ports(flow, journal, runState) })) : unreadable(journal, body, read.message);
        if (lease.lost) throw new StaleRun();
        const written = used.state ? finishWithState(journal, outcome, { state: used.state, urgent }) : journal.finish(outcome, urgent);
        return { type: 'ended', outcome, runId: head.runId, written };
      } finally {
        open.delete(journal);
      }
    },
    showSlow() {
      const before = Date.now() - SLOW_MS;
      for (const journal of open) {
        if (journal.begunAt > before) break;
        journal.show();
      }
    },
  };
}

function tooLarge(length: number): CallResult {
  return { ok: false, class: 'data', code: 'payload_too_large', message: `The body has ${length} characters, ${MOST_RECORD} are allowed.` };
}

async function finishWithState(journal: HostRunJournal, outcome: RunOutcome, of: { state: RunState; urgent: boolean }): Promise<void> {
  if (of.state.responded) journal.owesReply = false;
  const { retry } = outcome;
  // A called flow answers within milliseconds; the write that puts its caller to wait should not be what takes longest.
  await journal.finish(outcome, of.urgent || retry?.code === 'flow_call');
  if (!retry || !(await of.state.answeredMeanwhile().catch(() => false))) return;
  // What it waits for is there already: whoever takes the entry back reads the time after this.
  retry.at = Date.now();
}

/** Of later pages the answers that the run might need again are kept, and what failed; the rest would fill the disk. */
function keptOf(exchange: ExchangeRecord, call: PortCall): ExchangeRecord {
  if (call.page <= 1 || exchange.failureCode !== null) return exchange;
  return { ...exchange, requestBody: null, responseBody: call.request.settle === false ? null : exchange.responseBody };
}

function inputOf(journal: HostRunJournal, data: Json, of: { flow: LiveFlow; body: EventBody; ports: RunPorts }) {
  const { head } = journal;
  const { body, flow } = of;
  return {
    plan: flow.plan,
    event: {
      id: head.eventId,
      receivedAt: new Date(head.receivedAt).toISOString(),
      trigger: body.trigger,
      flowId: head.flowId,
      runId: head.runId,
      environment: body.environment,
      test: body.test,
    },
    nodeId: body.nodeId,
    data,
    journal,
    ports: of.ports,
    attempt: head.attempt,
    byHand: journal.byHand,
  };
}

function headOf(of: { entry: Entry; lease: Lease; body: EventBody; flow: LiveFlow; resumed: Resumed | null; data: Json }): RunHead {
  const { entry, lease, flow } = of;
  return {
    runId: entry.runId ?? newId(),
    partnerId: lease.partnerId,
    retailerId: lease.retailerId,
    flowId: lease.flowId,
    environment: of.body.environment,
    versionId: flow.versionId,
    versionNumber: flow.versionNumber,
    eventId: entry.eventId,
    receivedAt: entry.receivedAt,
    nodeId: of.body.nodeId,
    trigger: of.body.trigger,
    startedAt: of.resumed?.startedAt ?? Date.now(),
    businessKeys: flow.businessKeysOf(of.data),
    attempt: entry.attempt,
    seq: entry.seq,
  };
}

function tryParse(text: string): { ok: true; data: Json } | { ok: false; message: string } {
  try {
    return { ok: true, data: text === '' ? {} : parseJson(text) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/** An event that got in without being JSON (not through the ingress, which refuses it) needs a person. */
function unreadable(journal: HostRunJournal, body: EventBody, message: string): RunOutcome {
  const failure = { class: 'data' as const, code: 'body_malformed', message };
  journal.exception({ nodeId: body.nodeId, page: 0, record: { key: '0', data: body.text }, ...failure });
  return { state: 'failed', recordsIn: 1, recordsFailed: 1, failure, retry: null };
}

function sendsRecord(flow: LiveFlow, nodeId: string): boolean {
  const config = flow.stepOf(nodeId)?.config;
  if (typeof config !== 'object' || config === null || !('body' in config)) return false;
  const { body } = config;
  return typeof body === 'object' && body !== null && 'mode' in body && body.mode === 'record';
}
