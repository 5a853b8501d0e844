import { round } from '../lib/load.ts';
import type { Throughput } from '../lib/measure.ts';
import type { Variant } from '../lib/system.ts';
import type { PeerFigures } from './measure-peer.ts';

export const ratioHead = ['what', 'Weft', 'beside', 'ratio', 'wanted'];

type Row = (string | number)[];

/** The comparisons the product is held to, each from the one run. A ratio above 1 is in Weft's favour. */
export function ratios({ weft, nodeRed, n8n }: Record<'weft' | 'nodeRed' | 'n8n', PeerFigures>): Row[] {
  const done = (of: PeerFigures, variant: Variant): number => many(of, variant)?.completedPerSecond ?? Number.NaN;
  const p99 = (of: PeerFigures): number => many(of, 'mapping')?.answerP99Ms ?? Number.NaN;
  const ours = weft.batches['drawn nodes']?.seconds ?? Number.NaN;
  const rows: [what: string, ours: number, theirs: number, wanted: string, less?: 'less is better'][] = [
    ['orders/s: n8n, Edit Fields', done(weft, 'mapping'), done(n8n, 'mapping'), '80'],
    ['orders/s: Node-RED, function node', done(weft, 'mapping'), done(nodeRed, 'mapping'), '1, aim 1.5'],
    ['orders/s by JSONata: Node-RED, JSONata', done(weft, 'jsonata'), done(nodeRed, 'jsonata'), '1'],
    ['orders/s by script: our own mapping', done(weft, 'script'), done(weft, 'mapping'), '0.7'],
    ['orders/s by script: n8n, Code', done(weft, 'script'), done(n8n, 'script'), ''],
    ['answer p99 at 32, ms: Node-RED', p99(weft), p99(nodeRed), '1', 'less is better'],
    ['product records, s: n8n, Code nodes', ours, secondsOf(n8n, 'Code nodes'), '15', 'less is better'],
    ['product records, s: Node-RED, node by node', ours, secondsOf(nodeRed, 'node by node'), '3', 'less is better'],
    ['product records, s: Node-RED, function node', ours, secondsOf(nodeRed, 'function node'), '', 'less is better'],
  ];
  return rows.map(([what, mine, theirs, wanted, less]) => [what, mine, theirs, `${round(less ? theirs / mine : mine / theirs)} ×`, wanted === '' ? '' : `${wanted} ×`]);
}

function many(of: PeerFigures, variant: Variant): Throughput | undefined {
  return of.runs.find((run) => run.variant === variant && run.concurrency > 1);
}

/** One that did not end in time counts with the time it was given. */
function secondsOf(of: PeerFigures, by: string): number {
  return of.batches[by]?.seconds ?? Number.NaN;
}
