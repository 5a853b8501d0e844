import type { FlowPlan, PlanStep } from '#engine/flow/compile.ts';
import { tryRegions, type TryNode } from '#engine/flow/try-regions.ts';

/** An edge that arrives at a step. */
export interface StepInputEdge {
  /** Name of the producing step. */
  from: string;
  /** The producer's output port, and the port it arrives at. */
  port: string;
  to: string;
  /** Added to the keys of records where edges meet. */
  suffix: string;
  /** Its producer comes before the paged source: its records come with the first page only … */
  outside: boolean;
  /** … or with every page. */
  repeats: boolean;
}

/** A step as one trigger's events see it. */
export interface TriggerStep {
  /** The node's id; for what a try gives out at its failed port a name of its own. */
  name: string;
  step: PlanStep;
  /** Edges whose producer this trigger reaches, in the order of the plan. */
  inputs: StepInputEdge[];
  /** Its one input port; null when it has several, or none. */
  port: string | null;
  /**
   * Its output depends on which records came together (a batch), so it must not run while a record that may still come is
   * waiting for a retry: the same batch key would name other contents later.
   */
  barrier: boolean;
  /** The innermost try region it is in: id of the try node. */
  region: string | null;
  /** The last try on whose failed side it is. */
  handles: string | null;
  /** This step gives out what failed in the region of its node: the steps of that region, in order. */
  collects: string[] | null;
}

/** Steps before and beside the paged source, and those behind it, which run once for each page. */
export interface PagedPlan {
  source: TriggerStep;
  outside: TriggerStep[];
  inside: TriggerStep[];
}

/** The part of a flow that one trigger's events go through; the trigger itself comes first. */
export interface TriggerPlan {
  trigger: string;
  steps: TriggerStep[];
  /** Attempts after which a budget begins anew, see failure.ts. */
  budget: number;
  paged: PagedPlan | null;
  /** More than one paged source, which publishing refuses: the run cannot begin. */
  twoSources: boolean;
}

const cache = new WeakMap<FlowPlan, Map<string, TriggerPlan>>();

/** The steps reachable from a trigger. Computed once per plan; null when the plan has no such node. */
export function triggerPlan(plan: FlowPlan, trigger: string): TriggerPlan | null {
  let byTrigger = cache.get(plan);
  if (!byTrigger) cache.set(plan, (byTrigger = new Map()));
  const known = byTrigger.get(trigger);
  if (known) return known;
  const made = reach(plan, trigger);
  if (made) byTrigger.set(trigger, made);
  return made;
}

function reach(plan: FlowPlan, trigger: string): TriggerPlan | null {
  const start = plan.steps.find((step) => step.nodeId === trigger);
  if (!start) return null;
  const reached = new Set([trigger]);
  for (const { nodeId, inputs } of plan.steps) if (inputs.some(({ from }) => reached.has(from.node))) reached.add(nodeId);
  // Not in the order of the plan: when the run begins at a node in the middle, what leads there does not count.
  const members = plan.steps.filter(({ nodeId }) => nodeId !== trigger && reached.has(nodeId));
  const tries = triesOf([start, ...members]);
  const steps = [start, ...members].map((step) => stepOf(step, { reached, trigger, tries }));
  for (const [id, { inside }] of tries) steps.push(...collector(steps, { id, inside }));
  const paged = pagedPlan(steps);
  const own = Math.max(plan.settings.retry.maxAttempts, ...steps.map(({ step }) => step.policy?.maxAttempts ?? 1));
  return {
    trigger,
    steps,
    // What undoes a region begins when the region's attempts are spent.
    budget: own * (1 + tries.size),
    paged,
    twoSources: steps.filter(isSource).length > 1,
  };
}

type Regions = ReturnType<typeof tryRegions>;

/** Regions of the tries among these steps, outer ones first. */
function triesOf(steps: readonly PlanStep[]): Regions {
  const tries: TryNode[] = steps.flatMap(({ nodeId, kind }) => (kind.catches ? [{ id: nodeId, ...kind.catches }] : []));
  if (tries.length === 0) return new Map();
  const edges = steps.flatMap((step) => step.consumers.map(({ port, to }) => ({ from: { node: step.nodeId, port }, to })));
  return tryRegions(edges, tries);
}

function stepOf(step: PlanStep, of: { reached: ReadonlySet<string>; trigger: string; tries: Regions }): TriggerStep {
  const { reached, trigger, tries } = of;
  const repeats = new Set(step.kind.repeatsInputs);
  const ports = step.kind.ports(step.config).inputs;
  const [only] = ports;
  let region: string | null = null;
  let handles: string | null = null;
  for (const [id, { inside, handlers }] of tries) {
    if (inside.has(step.nodeId)) region = id;
    if (handlers.has(step.nodeId)) handles = id;
  }
  const inputs = step.nodeId === trigger ? [] : step.inputs.filter(({ from }) => reached.has(from.node));
  return {
    name: step.nodeId,
    step,
    inputs: inputs.map(({ port, from }) => ({
      from: tries.get(from.node)?.failed === from.port ? collectorName(from.node) : from.node,
      port: from.port,
      to: port,
      // The same output may lead to two ports of one step.
      suffix: twice(inputs, from) ? `@${from.node}.${from.port}>${port}` : `@${from.node}.${from.port}`,
      outside: false,
      repeats: repeats.has(port),
    })),
    port: ports.length === 1 && only ? only.id : null,
    barrier: isBarrier(step),
    region,
    handles,
    collects: null,
  };
}

function twice(inputs: PlanStep['inputs'], end: { node: string; port: string }): boolean {
  return inputs.filter(({ from }) => from.node === end.node && from.port === end.port).length > 1;
}

function collectorName(tryId: string): string {
  return `${tryId}!failed`;
}

/** The step that gives out what failed, once everything in the region is settled. */
function collector(steps: readonly TriggerStep[], { id, inside }: { id: string; inside: ReadonlySet<string> }): TriggerStep[] {
  const tried = steps.find(({ name }) => name === id);
  if (!tried) return [];
  const region = steps.filter(({ step }) => inside.has(step.nodeId)).map(({ name }) => name);
  const inputs = [id, ...region].map((from) => ({ from, port: '', to: '', suffix: '', outside: false, repeats: false }));
  return [{ ...tried, name: collectorName(id), inputs, port: null, barrier: true, collects: region }];
}

function isSource({ step, collects }: TriggerStep): boolean {
  return step.kind.nextPage !== undefined && collects === null;
}

function isBarrier({ kind, config }: PlanStep): boolean {
  // A source waits as well: which records it reads pages for must be settled before the first page.
  if (kind.barrier || kind.carries || kind.nextPage) return true;
  const ports = kind.ports(config);
  return ports.outputs.some((port) => port.type === 'batch') && ports.inputs.some((port) => port.type !== 'batch');
}

function pagedPlan(steps: readonly TriggerStep[]): PagedPlan | null {
  const source = steps.find(isSource);
  if (!source) return null;
  const behind = new Set([source.name]);
  // Collectors stand at the end of the list, not in order: until nothing is added.
  for (let before = 0; before < behind.size; ) {
    before = behind.size;
    for (const { name, inputs } of steps) if (inputs.some(({ from }) => behind.has(from))) behind.add(name);
  }
  const inside = steps.filter((one) => one !== source && behind.has(one.name));
  return {
    source,
    outside: steps.filter(({ name }) => !behind.has(name)),
    inside: inside.map((one) => ({ ...one, inputs: one.inputs.map((input) => ({ ...input, outside: !behind.has(input.from) })) })),
  };
}
