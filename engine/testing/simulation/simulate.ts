import { compileFlow } from '#engine/flow/compile.ts';
import type { FlowDocument } from '#engine/flow/document.ts';
import { tryRegions } from '#engine/flow/try-regions.ts';
import { FarWorld } from './far-world.ts';
import { Random } from './random.ts';
import { randomFlow } from './random-flow.ts';
import { SimulatedHost, type Faults, type SimulatedEvent } from './simulated-host.ts';

const CALM: Faults = { transient: 0, limited: 0, lostAnswer: 0, kill: 0, freeze: 0, most: 0, twice: 0 };
const STEPS = 60_000;
const LONGEST_MS = 10 * 60 * 60 * 1000;

export interface Simulation {
  doc: FlowDocument;
  /** What went wrong; empty when all is well. */
  problems: string[];
  /** Processes killed and frozen, effects applied, virtual milliseconds. */
  kills: number;
  effects: number;
}

/** One flow, its events, and one world that behaves beside one that does not: both must come to the same end. */
export async function simulate(seed: number): Promise<Simulation> {
  const random = new Random(seed);
  const doc = randomFlow(random, new Random(seed + 3));
  const plan = compileFlow(doc);
  const events = eventsOf(random);
  const far = { pageSize: random.int(2, 4), moody: random.chance(0.4) };
  const start = Date.now();
  const calm = new SimulatedHost({ doc, plan, events, random: new Random(seed + 1), faults: CALM, far: new FarWorld(far), start });
  const calmEnds = await calm.time.run({ steps: STEPS, until: start + LONGEST_MS });
  const rough = new SimulatedHost({ doc, plan, events, random: new Random(seed + 2), faults: faultsOf(random), far: new FarWorld(far), start });
  const roughEnds = await rough.time.run({ steps: STEPS, until: start + LONGEST_MS });
  const problems = calmEnds && roughEnds ? differences(calm, rough, far.moody) : [`the ${calmEnds ? 'rough' : 'calm'} world does not come to rest`];
  return { doc, problems, kills: rough.kills, effects: rough.far.applied.size };
}

function eventsOf(random: Random): SimulatedEvent[] {
  return Array.from({ length: random.int(1, 5) }, (_, index) => {
    const id = `e${index}`;
    const count = random.int(0, 7);
    const lines = Array.from({ length: count }, (_unused, line) => ({ id: `${id}-${line}`, n: line }));
    const broken = random.chance(0.15) ? random.int(1, 3) : 0;
    return { id, at: random.int(0, 100), data: { id, customer: random.pick(['ann', 'bob', '']), count, broken, lines } };
  });
}

function faultsOf(random: Random): Faults {
  const rate = (): number => random.pick([0, 0.02, 0.1, 0.25]);
  return { transient: rate(), limited: rate(), lostAnswer: rate(), kill: random.pick([0, 0.01, 0.05]), freeze: random.pick([0, 0.01, 0.05]), most: random.int(0, 6), twice: 0.2 };
}

/** What must be the same in both worlds, and what must never be in either. */
function differences(calm: SimulatedHost, rough: SimulatedHost, moody: boolean): string[] {
  const problems = [calm, rough].flatMap((host) => [...host.violations, ...outOfOrder(host), ...unaccounted(host)]);
  for (const host of [calm, rough]) {
    for (const key of host.far.torn) problems.push(`effect ${key} came with two bodies`);
    for (const { event, outcome } of host.entries) if (!outcome) problems.push(`${event.id} has not ended`);
  }
  problems.push(...compare('effects', effectsOf(calm, moody), effectsOf(rough, moody)));
  problems.push(...compare('outcomes', outcomesOf(calm), outcomesOf(rough)));
  problems.push(...compare('exceptions', exceptionsOf(calm, moody), exceptionsOf(rough, moody)));
  problems.push(...compare('steps', stepsOf(calm), stepsOf(rough)));
  problems.push(...compare('cross-references', calm.state.xref, rough.state.xref));
  problems.push(...compare('events for other flows', publishedBy(calm, moody), publishedBy(rough, moody)));
  problems.push(...compare('calls of other flows', callsBy(calm, moody), callsBy(rough, moody)));
  return problems;
}

/** Bodies by the name of the effect; of a moody world only the names can be compared. */
function effectsOf({ far }: SimulatedHost, moody: boolean): Map<string, string> {
  const bodies = [...far.applied.values()];
  return new Map(far.log.map(({ eventId, nodeId, recordKey }, index) => [`${eventId} ${nodeId} ${recordKey}`, moody ? '' : (bodies[index] ?? '')]));
}

function outcomesOf({ entries }: SimulatedHost): Map<string, string> {
  return new Map(entries.map(({ event, outcome }) => [event.id, JSON.stringify([outcome?.state, outcome?.recordsIn, outcome?.recordsFailed])]));
}

function exceptionsOf({ stores }: SimulatedHost, moody: boolean): Map<string, string> {
  const named = [...stores].flatMap(([id, store]) => [...store.exceptions].map(([name, one]) => ({ name: `${id} ${name}`, one })));
  return new Map(named.map(({ name, one }) => [name, `${one.class} ${one.code} ${moody ? '' : JSON.stringify(one.record.data)}`]));
}

/** What each step came to, in the last attempt that told of it. */
function stepsOf({ stores }: SimulatedHost): Map<string, string> {
  const last = new Map<string, string>();
  for (const [id, store] of stores) {
    const steps = [...store.steps.values()].toSorted((a, b) => a.attempt - b.attempt);
    for (const { nodeId, state, recordsIn, recordsOut, recordsFailed, outputs } of steps) last.set(`${id} ${nodeId}`, JSON.stringify([state, recordsIn, recordsOut, recordsFailed, Object.entries(outputs).toSorted()]));
  }
  return last;
}

function publishedBy({ state }: SimulatedHost, moody: boolean): Map<string, string> {
  return new Map([...state.published].map(([key, value]) => [key, moody ? '' : JSON.stringify(value)]));
}

function callsBy({ state }: SimulatedHost, moody: boolean): Map<string, string> {
  return new Map([...state.flowCalls].map(([key, { data }]) => [key, moody ? '' : JSON.stringify(data)]));
}

function compare(what: string, calm: ReadonlyMap<string, string>, rough: ReadonlyMap<string, string>): string[] {
  const problems: string[] = [];
  for (const [key, value] of calm) if (rough.get(key) !== value) problems.push(`${what}: ${key} is ${rough.get(key) ?? 'lost'}, not ${value}`);
  for (const key of rough.keys()) if (!calm.has(key)) problems.push(`${what}: ${key} should not be`);
  return problems;
}

/** Every record that failed for good is with a person, or came out at the failed side of its try. */
function unaccounted({ stores, doc }: SimulatedHost): string[] {
  const regions = tryRegions(doc.edges, doc.nodes.filter(({ kind }) => kind === 'try').map(({ id }) => ({ id, body: 'body', failed: 'failed' })));
  const caught = (nodeId: string): string | undefined => [...regions].findLast(([, { inside }]) => inside.has(nodeId))?.[0];
  const problems: string[] = [];
  for (const [id, store] of stores) {
    const last = new Map([...store.steps.values()].toSorted((a, b) => a.attempt - b.attempt).map((step) => [step.nodeId, step]));
    const failed = [...last.values()].filter((step) => caught(step.nodeId) === undefined).reduce((sum, step) => sum + step.recordsFailed, 0);
    if (failed !== store.exceptions.size) problems.push(`${id}: ${failed} records failed, ${store.exceptions.size} exceptions`);
    for (const step of last.values()) {
      const kind = doc.nodes.find((node) => node.id === step.nodeId)?.kind;
      const conserves = kind === 'http-request' || kind === 'compensate' || kind === 'cross-reference' || kind === 'approval' || kind === 'flow-call';
      if (conserves && step.recordsIn !== step.recordsOut + step.recordsFailed) problems.push(`${id} ${step.nodeId}: ${step.recordsIn} in, ${step.recordsOut} out, ${step.recordsFailed} failed`);
      const region = step.recordsFailed > 0 ? caught(step.nodeId) : undefined;
      if (region !== undefined && !last.get(`${region}u`)?.recordsIn) problems.push(`${id} ${step.nodeId}: failed, and nobody caught it`);
    }
  }
  return problems;
}

/**
 * Of the events with one ordering key, the later must not take effect before the earlier is done. A debounce gives that up: what it
 * holds lets later events pass, or none of them could ever be the latest.
 */
function outOfOrder({ far, entries, doc }: SimulatedHost): string[] {
  if (doc.nodes.some(({ kind }) => kind === 'debounce')) return [];
  const place = new Map(entries.map(({ event, seq, orderingKey }) => [event.id, { seq, orderingKey }]));
  const reached = new Map<string, number>();
  const problems: string[] = [];
  for (const { eventId, nodeId, recordKey } of far.log) {
    const at = place.get(eventId);
    if (!at?.orderingKey) continue;
    if (at.seq < (reached.get(at.orderingKey) ?? 0)) problems.push(`${nodeId} ${recordKey} of ${eventId} came after a later event of ${at.orderingKey}`);
    reached.set(at.orderingKey, Math.max(at.seq, reached.get(at.orderingKey) ?? 0));
  }
  return problems;
}
