import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { table } from '../../lib/report.ts';
import type { Result, Size } from './run-scenario.ts';

const FILE = resolve(import.meta.dirname, '../../results/chaos.json');

/** One row per scenario: what was promised, what was measured. */
export function summary(results: readonly Result[]): string {
  return table(
    ['id', 'scenario', 'wanted', 'measured', 'holds'],
    results.map((one) => [one.id, one.title, one.wanted, figuresOf(one), one.misses.length === 0 ? 'yes' : 'no']),
  );
}

/** Between these lines of bench/README.md stands the latest table. */
const [FROM, TO] = ['<!-- chaos: begin -->', '<!-- chaos: end -->'];
const README = resolve(import.meta.dirname, '../../README.md');

/** Puts everything kept in the results file into bench/README.md. */
export function writeReadme(): void {
  const kept: { at: string; results: Result[] } = JSON.parse(readFileSync(FILE, 'utf8'));
  const text = readFileSync(README, 'utf8');
  const [before = ''] = text.split(FROM);
  const [, after = ''] = text.split(TO);
  const rows = kept.results.map((one) => [one.id, one.title, one.wanted, figuresOf(one), one.misses.length === 0 ? 'yes' : `no: ${one.misses[0] ?? ''}`.slice(0, 160), `${one.size}, seed ${one.seed}`]);
  const made = table(['id', 'scenario', 'wanted', 'measured', 'holds', 'size'], rows.map((row) => row.map((cell) => cell.replaceAll('|', '/').replaceAll('\n', ' '))));
  writeFileSync(README, `${before}${FROM}\n${made}\n${TO}${after}`);
}

function figuresOf(one: Result): string {
  return Object.entries(one.figures).map(([name, figure]) => `${name} ${figure}`).join(', ');
}

/** Keeps the latest result of every scenario in bench/results/chaos.json. @returns the file */
export function saveReport(run: { seed: number; size: Size; results: readonly Result[] }): string {
  mkdirSync(resolve(FILE, '..'), { recursive: true });
  const before: { results?: Result[] } = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {};
  const fresh = new Set(run.results.map((one) => one.id));
  const kept = (before.results ?? []).filter((one) => !fresh.has(one.id));
  const results = [...kept, ...run.results].toSorted((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
  const about = { at: new Date().toISOString(), node: process.version, cores: cpus().length, cpu: cpus()[0]?.model, seed: run.seed, size: run.size };
  writeFileSync(FILE, `${JSON.stringify({ ...about, results }, null, 2)}\n`);
  return FILE;
}
