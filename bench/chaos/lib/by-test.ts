import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Verdict } from './scenario.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

interface Report {
  testResults: { assertionResults: { fullName: string; status: string; failureMessages: string[] }[] }[];
}

/** Plays a scenario that lives in a test file, because it needs the parts in its own process: its figures are the lines `name: {json}` it prints. */
export async function byTest(file: string, name?: string, env: Record<string, string> = {}): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'weft-by-test-'));
  const reportFile = join(folder, 'report.json');
  const args = ['run', file, '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`, ...(name === undefined ? [] : ['-t', name])];
  const child = spawn(join(ROOT, 'node_modules', '.bin', 'vitest'), args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => void (output += chunk.toString('utf8')));
  await new Promise((done) => child.once('exit', done));
  try {
    const report: Report = JSON.parse(readFileSync(reportFile, 'utf8'));
    const tests = report.testResults.flatMap((one) => one.assertionResults).filter((one) => one.status !== 'skipped' && one.status !== 'pending');
    const figures: Verdict['figures'] = { ...figuresIn(output), 'tests passed': `${tests.filter((one) => one.status === 'passed').length} of ${tests.length}` };
    const misses = tests.filter((one) => one.status !== 'passed').map((one) => `${one.fullName}: ${(one.failureMessages[0] ?? '').split('\n')[0] ?? ''}`);
    return { figures, misses: tests.length === 0 ? ['no test was found'] : misses };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function figuresIn(output: string): Verdict['figures'] {
  const figures: Verdict['figures'] = {};
  for (const [, json = ''] of output.matchAll(/^[a-z ]+: (\{.*\})$/gm)) {
    const parsed: Record<string, unknown> = JSON.parse(json);
    for (const [name, value] of Object.entries(parsed)) figures[name] = typeof value === 'number' ? Math.round(value * 100) / 100 : String(value);
  }
  return figures;
}
