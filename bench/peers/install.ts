import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Installs a package of npm into a folder of its own, unless it is there. No install scripts run except those of the packages named.
 * @returns the folder of the package
 */
export async function installPackage(folder: string, spec: { name: string; version: string; build: string[] }): Promise<string> {
  const installed = join(folder, 'node_modules', spec.name);
  const complete = join(folder, `.complete-${spec.version}`);
  if (existsSync(complete)) return installed;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const npm = (...args: string[]) => run('npm', args, { cwd: folder, maxBuffer: 2 ** 26 });
  await npm('install', '--ignore-scripts', '--no-audit', '--no-fund', `${spec.name}@${spec.version}`);
  for (const name of spec.build) await npm('rebuild', name);
  writeFileSync(complete, '');
  return installed;
}
