import { FAULT_POINTS, type FaultPoint } from '#engine/host/fault-points.ts';
import { referenceFlows, type ReferenceFlow } from '../lib/reference-flows.ts';
import { Misses, type Scenario } from '../lib/scenario.ts';
import type { Stage, Target } from '../lib/stage.ts';

/** How long a case may take; a point that is not reached by then is not on the flow's way. */
const CASE_MS = 30_000;
/** A lane is given back after a second without work; the points after that are waited for. */
const LINGER_MS = 2_500;

interface Outcome {
  died: boolean;
  /** What the world and the database look like at the end, as one text each. */
  effects: string;
  runs: string;
  problems: string[];
}

/** R3: a crash at any named point changes nothing in the end. */
export const crashPoints: Scenario = {
  id: 'R3',
  title: `crash at each of ${FAULT_POINTS.length} named points × 12 reference flows`,
  wanted: 'same final state and effects as the crash-free run, 100 %',
  async run(context) {
    const stage = await context.stage();
    const misses = new Misses();
    const flows = referenceFlows().filter((flow) => !context.short || flow.name === 'two calls' || flow.name === 'paged');
    const points = FAULT_POINTS.filter((point) => !context.short || ['after_accept_commit', 'after_call', 'after_journal_write', 'page_turned'].includes(point));
    let [cases, equal, unreached] = [0, 0, 0];
    const reached = new Set<FaultPoint>();
    for (const flow of flows) {
      const clean = await play(stage, flow, null);
      misses.add(clean.problems.map((problem) => `${flow.name}, without a crash: ${problem}`));
      for (const point of points.filter((one) => isOnTheWay(one, flow))) {
        const crashed = await play(stage, flow, point);
        if (!crashed.died) {
          unreached += 1;
          continue;
        }
        reached.add(point);
        cases += 1;
        const same = crashed.effects === clean.effects && crashed.runs === clean.runs && crashed.problems.length === 0;
        if (same) equal += 1;
        else misses.add([`${flow.name} × ${point}: ${[...crashed.problems, ...difference(clean, crashed)].join('; ').slice(0, 300)}`]);
      }
      context.say(`${flow.name}: ${equal} of ${cases} equal so far`);
    }
    misses.expect(context.short || reached.size === points.length, `never reached: ${points.filter((point) => !reached.has(point)).join(', ')}`);
    return { figures: { crashes: cases, 'equal to the crash-free run': `${equal} of ${cases}`, 'points reached': reached.size, 'not on the flow’s way': unreached }, misses: misses.list };
  },
};

function isOnTheWay(point: FaultPoint, { name, scheduled }: ReferenceFlow): boolean {
  if (point === 'in_sandbox') return name === 'code';
  if (point === 'page_turned') return name === 'paged';
  if (point === 'before_checkpoint_write') return name === 'paged' || name === 'wait';
  if (point === 'schedule_fires') return scheduled === true;
  if (point === 'after_bell') return name === 'http' || name === 'ordered';
  return true;
}

/** Plays the flow's events, with one crash, to the end. */
async function play(stage: Stage, flow: ReferenceFlow, point: FaultPoint | null): Promise<Outcome> {
  const target = await stage.flow({ ...flow.wish, tenant: `case${stage.targets.length + 1}` });
  if (flow.scheduled) await stage.ask((sql) => sql`update live_version set activated_at = now() - interval '3 minutes' where flow_id = ${target.flowId}`);
  // A bell is only needed where the one who accepts is not the one who works.
  const apart = point === 'after_bell';
  const env: Record<string, string> = point === null ? {} : { WEFT_TEST_FAULT: point };
  const front = apart ? await stage.fleet.start({ roles: 'ingress' }) : null;
  const engine = await stage.fleet.start({ env, ...(apart ? { roles: 'worker' } : {}) });
  stage.ingress = [front?.port ?? engine.port];
  const events = flow.scheduled ? [] : [0, 1].map((at) => ({ ...stage.event(target, `${flow.name}${at}`, { key: `k${at}`, extra: { lines: [{ sku: 'a' }, { sku: 'b' }, { sku: 'c' }] } }), tenant: '' }));
  const sending = stage.senders.sendAll(events, 2);
  const done = sending.then(() => ended(stage, target, Math.max(1, events.length)));
  const first = await Promise.race([engine.ended.then(() => 'died' as const), done.then(() => 'done' as const)]);
  // Some points come after the work: the lane is given back when it has been idle for a while.
  if (first === 'done' && point !== null) await Promise.race([engine.ended, new Promise((resolve) => setTimeout(resolve, LINGER_MS))]);
  const died = !engine.alive;
  if (died) {
    // The dead one's lease would run out by itself, ten seconds later.
    await stage.ask((sql) => sql`update lane set lease_until = now() where lease_until is not null`);
    stage.ingress = [(await stage.fleet.start(apart ? { roles: 'worker' } : {})).port];
    if (front) stage.ingress = [front.port];
    await done;
  }
  await stage.fleet.stop();
  await stage.ask((sql) => sql`update lane set lease_until = now() where lease_until is not null`);
  return outcome(stage, target, died);
}

async function ended(stage: Stage, target: Target, events: number): Promise<void> {
  const until = performance.now() + CASE_MS;
  while (performance.now() < until) {
    const [row] = await stage.ask((sql) => sql<{ ended: number }[]>`
      select count(*)::int as ended from run where flow_id = ${target.flowId} and state in ('succeeded', 'failed') and not exists (select from lane_entry e where e.flow_id = ${target.flowId})`);
    if ((row?.ended ?? 0) >= events) return;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

async function outcome(stage: Stage, target: Target, died: boolean): Promise<Outcome> {
  const calls = stage.far.calls().filter((call) => call.path.startsWith(`/${target.tenant}/`) && call.applied);
  const problems: string[] = [];
  const effects: string[] = [];
  for (const [key, same] of Map.groupBy(calls, (call) => call.key)) {
    if (new Set(same.map((call) => `${call.path} ${call.digest}`)).size > 1) problems.push(`key ${key.slice(0, 8)} with several contents`);
    const [call] = same;
    // A firing's body names its minute, which moves between cases.
    if (call) effects.push(`${call.path.slice(target.tenant.length + 1)} ${call.id === '' && target.endpoint === '' ? 'tick' : call.digest}`);
  }
  const runs = await stage.ask((sql) => sql<{ state: string; failed: number }[]>`select state, records_failed as failed from run where flow_id = ${target.flowId} order by 1, 2`);
  const [left] = await stage.ask((sql) => sql<{ n: number }[]>`select count(*)::int as n from lane_entry where flow_id = ${target.flowId}`);
  if ((left?.n ?? 0) > 0) problems.push(`${left?.n ?? 0} events not terminal`);
  return { died, effects: effects.toSorted().join('\n'), runs: runs.map((run) => `${run.state} ${run.failed}`).join('\n'), problems };
}

function difference(clean: Outcome, crashed: Outcome): string[] {
  const lines = (text: string): number => text.split('\n').filter((line) => line !== '').length;
  return [
    ...(clean.effects === crashed.effects ? [] : [`${lines(crashed.effects)} effects instead of ${lines(clean.effects)}`]),
    ...(clean.runs === crashed.runs ? [] : [`runs ${crashed.runs.replaceAll('\n', ', ')} instead of ${clean.runs.replaceAll('\n', ', ')}`]),
  ];
}
