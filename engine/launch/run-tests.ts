// `npm test` after the hand-over: every check one after the other, going on after failures. Last line: `N passed, N failed`.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installBrowser } from './browser.ts';
import { countPlaywright, countVitest } from './test-counts.ts';
import type { Counts } from './test-counts.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const results = join(root, 'test-results');
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
const say = (line: string) => void process.stdout.write(`${line}\n`);

interface Check {
  name: string;
  command: string[];
  env?: Record<string, string>;
  /** File with the runner's own report; without one the exit code counts as one check. */
  report?: { file: string; count(text: string): Counts };
}

const vitestReport = join(results, 'vitest.json');
const playwrightReport = join(results, 'playwright.json');
const checks: Check[] = [
  { name: 'Lint', command: [bin('oxlint'), '--max-warnings', '0'] },
  { name: 'Types', command: [bin('tsc'), '--noEmit'] },
  {
    name: 'Unit and integration tests',
    command: [bin('vitest'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
    report: { file: vitestReport, count: countVitest },
  },
  {
    name: 'Browser tests',
    command: [bin('playwright'), 'test', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport },
    report: { file: playwrightReport, count: countPlaywright },
  },
];

mkdirSync(results, { recursive: true });
const started = Date.now();
const total: Counts = { passed: 0, failed: 0 };
const lines: string[] = [];
const problem = installBrowser(root, say);
if (problem !== null) say(problem);

for (const check of checks) {
  say(`\n── ${check.name} ──`);
  const from = Date.now();
  const counts = await run(check);
  total.passed += counts.passed;
  total.failed += counts.failed;
  lines.push(`${counts.failed === 0 ? '✓' : '✗'} ${check.name}: ${counts.passed} passed, ${counts.failed} failed (${Math.round((Date.now() - from) / 1000)} s)`);
}

say(`\n${lines.join('\n')}\nin ${Math.round((Date.now() - started) / 1000)} s`);
say(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

async function run(check: Check): Promise<Counts> {
  if (check.report) rmSync(check.report.file, { force: true });
  const [program = '', ...args] = check.command;
  const child = spawn(program, args, { cwd: root, env: { ...process.env, ...check.env }, stdio: ['ignore', 'inherit', 'inherit'] });
  const interrupt = () => void child.kill('SIGTERM');
  process.once('SIGTERM', interrupt).once('disconnect', interrupt);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve).once('error', () => resolve(null)));
  process.off('SIGTERM', interrupt).off('disconnect', interrupt);
  const counts = check.report && existsSync(check.report.file) ? check.report.count(readFileSync(check.report.file, 'utf8')) : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  // A runner that failed without a failed test (it did not start, an unhandled rejection, nothing to run) has failed all the same.
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
