import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import type { Loss, Throughput } from './measure.ts';

/** Writes a measurement to bench/results/<name>-<time>.json, with what is needed to compare it later. */
export function saveResults(name: string, results: unknown): string {
  const folder = resolve(import.meta.dirname, '../results');
  mkdirSync(folder, { recursive: true });
  const at = new Date().toISOString();
  const file = resolve(folder, `${name}-${at.replaceAll(/[:.]/g, '-')}.json`);
  writeFileSync(file, `${JSON.stringify({ at, node: process.version, cores: cpus().length, cpu: cpus()[0]?.model, results }, null, 2)}\n`);
  return file;
}

/** A markdown table with padded columns, to be read in a terminal too. */
export function table(head: string[], rows: (string | number)[][]): string {
  const all = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (cells: string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...all.slice(1).map(line)].join('\n');
}

export function throughputRow(name: string, run: Throughput): (string | number)[] {
  const cpu = Object.entries(run.cpuMsPerOrder).map(([process_, ms]) => `${process_} ${ms}`).join(', ');
  return [name, run.variant, run.concurrency, run.count, run.acceptedPerSecond, `${run.answerP50Ms} / ${run.answerP99Ms}`, run.completedPerSecond, cpu, run.residentMb];
}

export const throughputHead = ['system', 'maps by', 'c', 'orders', 'accepted /s', 'answer p50 / p99 ms', 'completed /s', 'CPU ms per order', 'resident MB'];

export function lossRow(name: string, loss: Loss): (string | number)[] {
  return [name, loss.acknowledged, loss.atSinkWhenKilled, loss.lost, loss.twice];
}

export const lossHead = ['system', 'acknowledged', 'at the sink when killed', 'lost', 'arrived twice'];
