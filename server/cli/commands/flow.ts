import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { Api } from '../client.ts';
import { findFlow, findRetailer, listFlows } from '../find.ts';
import { bindConnections, readFlowFile, sameDocument, writeFlowFile } from '../flow-file.ts';
import { table } from '../output.ts';
import type { Output } from '../output.ts';

export async function flowList(api: Api, out: Output, options: { retailer?: string }): Promise<void> {
  const flows = await listFlows(api, options.retailer);
  out.result(flows, () =>
    table(
      ['ID', 'RETAILER', 'STATE', 'VERSION', 'RUNS 24H', 'FAILED', 'NAME'],
      flows.map((flow) => [
        flow.id,
        flow.retailerName,
        flow.draftChanged && flow.state !== 'draft' ? `${flow.state}*` : flow.state,
        flow.liveVersion === null ? '-' : String(flow.liveVersion),
        String(flow.runs24h),
        String(flow.failed24h),
        flow.name,
      ]),
    ),
  );
}

/** Writes the drafts of flows as files: into a folder, into one file, or (one flow, no `out`) to standard output. */
export async function flowExport(api: Api, out: Output, options: { flows: string[]; all?: boolean; out?: string; retailer?: string }): Promise<void> {
  const listed = options.all ? await listFlows(api, options.retailer) : await Promise.all(options.flows.map((word) => findFlow(api, word, options.retailer)));
  if (listed.length === 0) throw new CliError('Which flow? Give its name or id, or --all.', 'usage');
  if (listed.length > 1 && options.out === undefined) throw new CliError('More than one flow: say into which folder with --out.', 'usage');
  const written: { flow: string; path: string }[] = [];
  for (const { id } of listed) {
    const flow = await api.flow.get.query({ flowId: id });
    const connections = await api.connection.list.query({ retailerId: flow.retailerId });
    const text = writeFlowFile({ name: flow.name, docText: flow.draft.docText }, connections);
    if (options.out === undefined) {
      process.stdout.write(text);
      return;
    }
    const path = targetPath(options.out, { name: flow.name, retailer: flow.retailerName, many: listed.length > 1, taken: written.map((entry) => entry.path) });
    writeFileSync(path, text);
    written.push({ flow: flow.name, path });
  }
  out.result(written, () => written.map(({ flow, path }) => `${path}  ${flow}`));
}

/** Makes each file the draft of the flow with its name (made new if there is none). Nothing goes live by this. */
export async function flowImport(api: Api, out: Output, options: { files: string[]; retailer?: string; flow?: string }): Promise<void> {
  if (options.flow !== undefined && options.files.length > 1) throw new CliError('--flow takes one file only.', 'usage');
  const target = options.flow === undefined ? null : await findFlow(api, options.flow, options.retailer);
  const retailer = target === null ? await findRetailer(api, options.retailer) : { id: target.retailerId, name: target.retailerName };
  const connections = await api.connection.list.query({ retailerId: retailer.id });
  // All files are read and bound before the first is sent: one that cannot be imported stops the rest.
  const bound = options.files.map((path) => {
    const file = readFlowFile(readText(path), path);
    return { path, name: file.name, docText: bindConnections(file, { retailer: retailer.name, connections }) };
  });
  const existing = await api.flow.list.query({ retailerId: retailer.id });
  const done: { path: string; flowId: string; name: string; outcome: 'created' | 'updated' | 'unchanged' }[] = [];
  for (const { path, name, docText } of bound) {
    const same = existing.filter((flow) => flow.name === name);
    if (target === null && same.length > 1) throw new CliError(`${retailer.name} has ${same.length} flows named "${name}". Say which one with --flow and its id.`, 'usage');
    const known = target ?? same[0] ?? null;
    done.push({ path, name, ...(await put(api, { retailerId: retailer.id, name, docText, flowId: known?.id ?? null })) });
  }
  out.result(done, () => done.map((entry) => `${entry.outcome.padEnd(9)}  ${entry.flowId}  ${entry.name}`));
}

export async function flowPublish(api: Api, out: Output, options: { flow: string; retailer?: string; note?: string; activate: boolean }): Promise<void> {
  const { id, name } = await findFlow(api, options.flow, options.retailer);
  const { draft } = await api.flow.get.query({ flowId: id });
  const published = await api.flow.publish.mutate({ flowId: id, revision: draft.revision, note: options.note, activate: options.activate });
  out.result({ flowId: id, ...published }, () => [`${name}: version ${published.number}${options.activate ? ', live' : ''} (${published.hash.slice(0, 12)})`]);
}

async function put(api: Api, flow: { retailerId: string; name: string; docText: string; flowId: string | null }): Promise<{ flowId: string; outcome: 'created' | 'updated' | 'unchanged' }> {
  if (flow.flowId === null) {
    const { id } = await api.flow.create.mutate({ retailerId: flow.retailerId, name: flow.name, docText: flow.docText });
    return { flowId: id, outcome: 'created' };
  }
  const { draft } = await api.flow.get.query({ flowId: flow.flowId });
  if (sameDocument(draft.docText, flow.docText)) return { flowId: flow.flowId, outcome: 'unchanged' };
  await api.flow.saveDraft.mutate({ flowId: flow.flowId, revision: draft.revision, docText: flow.docText });
  return { flowId: flow.flowId, outcome: 'updated' };
}

function targetPath(out: string, flow: { name: string; retailer: string; many: boolean; taken: string[] }): string {
  const isFolder = flow.many || out.endsWith('/') || statSync(out, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!isFolder) return out;
  mkdirSync(out, { recursive: true });
  const plain = join(out, `${slug(flow.name)}.flow.json`);
  return flow.taken.includes(plain) ? join(out, `${slug(flow.retailer)}-${slug(flow.name)}.flow.json`) : plain;
}

function slug(name: string): string {
  return name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'flow';
}

export function readText(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch {
    throw new CliError(`${path} cannot be read.`, 'usage');
  }
}
