import { compileFlow, FlowCompileError, type FlowPlan } from '#engine/flow/compile.ts';
import { parseJson, type Json } from '#engine/flow/json.ts';
import { readFlow } from '#engine/flow/read-flow.ts';
import type { CallResult } from '#engine/nodes/step.ts';
import type { PortCall } from '#engine/run/ports.ts';
import { runEvent } from '#engine/run/run-event.ts';
import type { Sandbox } from '#engine/sandbox/pool.ts';
import type { Connections } from '../config/connections.ts';
import { addressOf } from '../egress/call-http.ts';
import type { CallPort } from '../egress/call-port.ts';
import { asEgressError } from '../egress/exchange-http.ts';
import { MASK, maskHeaders, maskUrl } from '../egress/mask.ts';
import { partOf } from './part-of.ts';
import { withShortSources } from './short-sources.ts';
import { TrialJournal, type TrialStep } from './trial-journal.ts';
import { trialState, type TrialSources } from './trial-state.ts';

/** The text of test_run.result; the server's TestResult. */
export interface TrialResult {
  state: 'succeeded' | 'failed' | 'waiting';
  durationMs: number;
  steps: TrialStep[];
  /** Why the test could not run at all, or not to its end. */
  failure?: { code: string; message: string };
}

export interface Trial {
  id: string;
  retailerId: string;
  flowId: string;
  doc: string;
  triggerNodeId: string;
  body: string;
  sendWrites: boolean;
  /** The steps that lead to this node, and it; null: to the end. */
  untilNodeId: string | null;
  /** This node alone; `body` is the record that arrives there. */
  onlyNodeId: string | null;
}

export interface TrialPorts {
  egress: CallPort;
  connections: Connections;
  sandbox: Pick<Sandbox, 'evaluate'>;
  state: TrialSources;
}

const LONGEST_MS = 30_000;

/** Runs a draft once, on one event, with reads really sent and writes held back unless they were asked for. */
export async function runTrial(trial: Trial, ports: TrialPorts): Promise<TrialResult> {
  const started = performance.now();
  const prepared = prepare(trial);
  const journal = new TrialJournal((checkpoint) => ('plan' in prepared ? setterOf(prepared.plan, checkpoint) : checkpoint));
  const ended = (state: TrialResult['state'], failure?: TrialResult['failure']): TrialResult => ({
    state, durationMs: Math.round(performance.now() - started), steps: journal.steps, ...(failure ? { failure } : {}),
  });
  if ('code' in prepared) return ended('failed', prepared);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), LONGEST_MS)));
  try {
    const outcome = await Promise.race([late, attempt(trial, prepared, { journal, ports })]);
    if (outcome === 'late') return ended('failed', { code: 'test_timeout', message: `The test took longer than ${LONGEST_MS / 1000} s.` });
    const silent = outcome.state === 'failed' && journal.steps.length === 0 && outcome.failure;
    return silent ? ended('failed', { code: silent.code, message: silent.message }) : ended(outcome.state);
  } finally {
    clearTimeout(timer);
  }
}

interface Prepared {
  plan: FlowPlan;
  data: Json;
}

function prepare(trial: Trial): Prepared | { code: string; message: string } {
  try {
    const read = readFlow(parseJson(trial.doc));
    if (!read.ok) return { code: read.error.code, message: JSON.stringify(read.error) };
    const plan = partOf(compileFlow(read.doc), trial);
    if (plan === null) return { code: 'test_unreachable', message: `No way leads from ${trial.triggerNodeId} to ${trial.untilNodeId ?? trial.onlyNodeId}.` };
    return { plan: withShortSources(plan), data: trial.body.trim() === '' ? {} : parseJson(trial.body) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { code: error instanceof FlowCompileError ? error.code : 'body_malformed', message };
  }
}

/** A poll trigger's checkpoint has its node's name, a variable's is `var:` and the variable's. */
function setterOf(plan: FlowPlan, checkpoint: string): string {
  const setter = plan.steps.find(({ config }) => typeof config === 'object' && config !== null && 'mode' in config && config.mode === 'set' && 'name' in config && `var:${String(config.name).trim()}` === checkpoint);
  return setter?.nodeId ?? checkpoint;
}

function attempt(trial: Trial, prepared: Prepared, world: { journal: TrialJournal; ports: TrialPorts }) {
  const { journal, ports } = world;
  return runEvent({
    plan: prepared.plan,
    event: {
      id: trial.id, receivedAt: new Date().toISOString(), trigger: 'manual', flowId: trial.flowId, runId: trial.id, environment: 'production', test: true,
    },
    nodeId: trial.onlyNodeId ?? trial.triggerNodeId,
    data: prepared.data,
    journal,
    attempt: 1,
    ports: {
      call: (call) => (call.writes && !trial.sendWrites ? hold(call, trial, world) : send(call, trial, world)),
      evaluate: (request) => ports.sandbox.evaluate({ ...request, tenant: trial.retailerId }),
      state: trialState(ports.state, { retailerId: trial.retailerId, flowId: trial.flowId, note: (nodeId, line) => journal.note(nodeId, line) }),
      now: Date.now,
      random: Math.random,
    },
  });
}

/** Records what would have been sent. */
async function hold(call: PortCall, trial: Trial, world: { journal: TrialJournal; ports: TrialPorts }): Promise<CallResult> {
  const { request } = call;
  const connection = request.connectionId === null ? null : await world.ports.connections.get(request.connectionId, trial.retailerId);
  if (request.connectionId !== null && !connection) return { ok: false, class: 'auth', code: 'connection_unknown', message: `There is no connection ${request.connectionId}.` };
  try {
    const mask = connection?.mask ?? null;
    const headers = Object.fromEntries(request.headers.map(([name, value]) => [name.toLowerCase(), value]));
    if (request.idempotencyHeader !== null) headers[request.idempotencyHeader.toLowerCase()] = call.effectKey;
    if (connection?.authHeader) headers[connection.authHeader[0]] = MASK;
    const url = maskUrl(addressOf(request.url, request.query, connection).href, mask);
    world.journal.call(call.nodeId, { method: request.method, url, headers: maskHeaders(headers, mask), bodyText: request.body, held: true });
    return { ok: true, status: 200, headers: {}, bodyText: '', exchangeId: '', held: true };
  } catch (error) {
    const failure = asEgressError(error);
    return { ok: false, class: failure.failure, code: failure.code, message: failure.message };
  }
}

function send(call: PortCall, trial: Trial, world: { journal: TrialJournal; ports: TrialPorts }): Promise<CallResult> {
  return world.ports.egress.call(call, {
    retailerId: trial.retailerId,
    bodyIsRecord: false,
    record: (exchange) =>
      world.journal.call(call.nodeId, {
        method: exchange.method,
        url: exchange.url,
        headers: headersOf(exchange.requestHeaders),
        bodyText: exchange.requestBody,
        held: false,
        ...(exchange.status === null ? {} : { status: exchange.status }),
        ...(exchange.responseBody === null ? {} : { answerText: exchange.responseBody }),
      }),
  });
}

function headersOf(text: string): Record<string, string> {
  const headers: Record<string, string> = JSON.parse(text);
  return headers;
}
