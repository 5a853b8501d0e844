import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchError } from './launch-error.ts';
import { openLog, tailOf } from './log-file.ts';
import { childEnv } from './settings.ts';

/** What the built pages are made of; a change in any other folder needs no build. */
const SOURCES = ['app', 'components', 'server', 'drizzle', 'engine/flow', 'engine/nodes', 'engine/mapping', 'engine/retail', 'engine/schema', 'engine/vault', 'public'];
/** Not tsconfig.json: the build itself may write into it. */
const FILES = ['package-lock.json', 'next.config.js', 'postcss.config.mjs'];

/** Whether the web application has to be built: never built, or built from other sources. */
export function buildNeeded(root: string): boolean {
  const stamp = stampFile(root);
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== sourceStamp(root);
}

/**
 * Builds the web application. `signal` ends the build early.
 * Throws LaunchError with the end of the build's output.
 */
export async function buildWeb(root: string, logFile: string, signal: AbortSignal): Promise<void> {
  const stamp = sourceStamp(root);
  rmSync(stampFile(root), { force: true });
  const log = openLog(logFile);
  const build = spawn(process.execPath, [join(root, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build'], {
    cwd: root, env: childEnv({}), stdio: ['ignore', log, log], signal,
  });
  closeSync(log);
  const code = await new Promise<number | null>((resolve) => build.once('exit', resolve).once('error', () => resolve(null)));
  if (code !== 0) throw new LaunchError(`The web application could not be built. The end of ${logFile}:\n${tailOf(logFile, 30)}`);
  writeFileSync(stampFile(root), stamp);
}

/** SHA-256 over the names and contents of everything the build reads; tests are left out. */
export function sourceStamp(root: string): string {
  const hash = createHash('sha256');
  const files = [...FILES, ...SOURCES.flatMap((folder) => filesBelow(root, folder))];
  for (const file of files) {
    const path = join(root, file);
    if (existsSync(path)) hash.update(`${file}\0`).update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(root: string, folder: string): string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.[a-z]+$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .toSorted();
}

function stampFile(root: string): string {
  return join(root, '.next', 'weft-stamp');
}
