import { setTimeout as wait } from 'node:timers/promises';
import type { RunListItem } from '../../views/run.ts';
import { CliError } from '../cli-error.ts';
import type { Api } from '../client.ts';
import { findFlow, listFlows } from '../find.ts';
import type { Output } from '../output.ts';
import { readText } from './flow.ts';
import { runLine } from './run.ts';

const longestWaitMs = 60_000;
const pollMs = 250;

/** Sends a file (or `-`, standard input) as an event to the live version of a flow; with `wait`, follows its run to the end. */
export async function eventSend(api: Api, out: Output, options: { file: string; flow?: string; retailer?: string; node?: string; wait?: boolean }): Promise<void> {
  const bodyText = readText(options.file);
  const flow = options.flow === undefined ? await onlyLiveFlow(api, options.retailer) : await findFlow(api, options.flow, options.retailer);
  const { eventId } = await api.event.send.mutate({ flowId: flow.id, nodeId: options.node, bodyText });
  if (!options.wait) {
    out.result({ eventId, flowId: flow.id }, () => [`${eventId}  sent to ${flow.name}`]);
    return;
  }
  const run = await settledRun(api, eventId);
  out.result(run, () => [runLine(run)]);
  if (run.state === 'failed') throw new CliError(`The run failed: ${run.failureMessage ?? run.failureCode ?? 'no reason given'}`);
}

async function onlyLiveFlow(api: Api, retailer: string | undefined): Promise<{ id: string; name: string }> {
  const live = (await listFlows(api, retailer)).filter((flow) => flow.state === 'live');
  const [first] = live;
  if (first !== undefined && live.length === 1) return first;
  const names = live.map((flow) => `\n  ${flow.id}  ${flow.retailerName}: ${flow.name}`).join('');
  throw new CliError(live.length === 0 ? 'No flow is live.' : `Which flow? Give --flow. Live are:${names}`, 'usage');
}

async function settledRun(api: Api, eventId: string): Promise<RunListItem> {
  const end = Date.now() + longestWaitMs;
  while (Date.now() < end) {
    const { items } = await api.run.list.query({ search: eventId, limit: 1 });
    const [run] = items;
    if (run !== undefined && (run.state === 'succeeded' || run.state === 'failed')) return run;
    await wait(pollMs);
  }
  throw new CliError(`The event ${eventId} was accepted, but its run has not ended within a minute.`);
}
