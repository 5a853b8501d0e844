import type { RunListItem, RunView } from '../../views/run.ts';
import type { Api } from '../client.ts';
import { findFlow, findRetailer } from '../find.ts';
import type { Output } from '../output.ts';
import { table } from '../output.ts';
import type { Settings } from '../settings.ts';
import { readSignals } from '../read-signals.ts';

export interface TailOptions {
  retailer?: string;
  flow?: string;
  state?: RunListItem['state'];
  lines: number;
  /** Print what is there and end. */
  once?: boolean;
  /** One JSON object a line. */
  json: boolean;
}

/** Prints the latest runs, then each run that begins or changes, until it is interrupted. */
export async function runsTail(api: Api, settings: Settings, options: TailOptions): Promise<void> {
  const flow = options.flow === undefined ? undefined : await findFlow(api, options.flow, options.retailer);
  const retailer = options.retailer === undefined ? undefined : await findRetailer(api, options.retailer);
  const query = { flowId: flow?.id, retailerId: retailer?.id, state: options.state };
  const shown = new Map<string, string>();
  const print = async (limit: number) => {
    const { items } = await api.run.list.query({ ...query, limit });
    for (const run of items.reverse()) {
      const version = `${run.state} ${run.attempt}`;
      if (shown.get(run.id) === version) continue;
      shown.set(run.id, version);
      process.stdout.write(`${options.json ? JSON.stringify(run) : runLine(run)}\n`);
    }
  };
  await print(options.lines);
  if (options.once) return;
  for await (const _signal of readSignals(settings)) await print(Math.max(options.lines, 50));
}

export async function runShow(api: Api, out: Output, runId: string): Promise<void> {
  const run = await api.run.get.query({ runId });
  out.result(run, () => describe(run));
}

export function runLine(run: RunListItem): string {
  const took = run.durationMs === null ? '' : `${run.durationMs} ms`;
  const why = run.failureMessage ?? run.failureCode ?? '';
  return [run.startedAt, run.state.padEnd(9), run.id, took.padStart(8), run.retailerName, run.flowName, run.businessKeys.join(' '), why].filter((part) => part !== '').join('  ');
}

function describe(run: RunView): string[] {
  return [
    runLine(run),
    `version ${run.versionNumber}, attempt ${run.attempt}, event ${run.event.id} received ${run.event.receivedAt}${run.event.deliveryId === null ? '' : `, delivery ${run.event.deliveryId}`}`,
    ...(run.nextAttemptAt === null ? [] : [`next attempt ${run.nextAttemptAt}`]),
    '',
    ...table(
      ['ATTEMPT', 'STEP', 'STATE', 'IN', 'OUT', 'FAILED', 'MS'],
      run.steps.map((step) => [String(step.attempt), step.nodeId, step.state, String(step.recordsIn), String(step.recordsOut), String(step.recordsFailed), String(step.durationMs)]),
    ),
    ...run.exceptions.flatMap((exception) => ['', `exception at ${exception.nodeId}, record ${exception.recordKey}: ${exception.class} ${exception.code}`, `  ${exception.message}`, `  ${exception.dataText}`]),
  ];
}
