import type { FlowListItem } from '../views/flow.ts';
import type { RetailerListItem } from '../views/retailer.ts';
import { CliError } from './cli-error.ts';
import type { Api } from './client.ts';

/** @returns the retailer with this id, slug or name. Without a word: the only one there is. @throws CliError */
export async function findRetailer(api: Api, word: string | undefined): Promise<RetailerListItem> {
  const all = await api.retailer.list.query();
  const wanted = word?.toLowerCase();
  const found = wanted === undefined ? all : all.filter((one) => one.id === wanted || one.slug.toLowerCase() === wanted || one.name.toLowerCase() === wanted);
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  const known = all.map((one) => `${one.slug} (${one.name})`).join(', ') || 'none';
  if (word === undefined) throw new CliError(`Which retailer? Give --retailer. There are: ${known}.`, 'usage');
  throw new CliError(`No retailer "${word}". There are: ${known}.`);
}

/** @returns the flow with this id or name. @throws CliError when there is none, or more than one. */
export async function findFlow(api: Api, word: string, retailerWord: string | undefined): Promise<FlowListItem> {
  const flows = await listFlows(api, retailerWord);
  const wanted = word.toLowerCase();
  const found = flows.filter((flow) => flow.id === wanted || flow.name.toLowerCase() === wanted);
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  if (found.length > 1) {
    throw new CliError(`"${word}" is the name of ${found.length} flows. Take an id, or --retailer:\n${found.map((flow) => `  ${flow.id}  ${flow.retailerName}`).join('\n')}`, 'usage');
  }
  const known = flows.map((flow) => flow.name).join(', ') || 'none';
  throw new CliError(`No flow "${word}". There are: ${known}.`);
}

/** Flows of one retailer, or of all the key may see. */
export async function listFlows(api: Api, retailerWord: string | undefined): Promise<FlowListItem[]> {
  if (retailerWord === undefined) return api.flow.list.query({});
  const retailer = await findRetailer(api, retailerWord);
  return api.flow.list.query({ retailerId: retailer.id });
}
