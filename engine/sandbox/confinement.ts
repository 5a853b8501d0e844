import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Looked at by the loader of the native module. */
const LOADER_ASKS = '/etc/alpine-release';

/** The part of the guest's program that the browser's preview runs too. */
const GUEST = fileURLToPath(new URL('../mapping/guest', import.meta.url));

/**
 * The flags a child is started with. No snapshot (isolated-vm forbids it), and Node's permission model: no file may be written,
 * no process or thread started, and nothing read but the child's own program (its folder, and the guest's) and the installed packages; least of all the folder
 * with the master key. A second wall: what breaks out of an isolate still stands in a process that has nothing and may nothing.
 */
export function confinement(entry: string): string[] {
  const readable = [...folderOf(dirname(entry)), ...folderOf(GUEST), ...packagesFolder(), LOADER_ASKS];
  return ['--no-node-snapshot', '--no-warnings', '--permission', '--allow-addons', ...readable.map((path) => `--allow-fs-read=${path}`)];
}

/** As it was asked for and as it is. */
function folderOf(path: string): string[] {
  const folders = [path];
  try {
    folders.push(realpathSync(path));
  } catch {
    // It is not there: the child says so when it does not find it.
  }
  return [...new Set(folders)];
}

function packagesFolder(): string[] {
  try {
    // …/node_modules/isolated-vm/isolated-vm.js
    const library = createRequire(import.meta.url).resolve('isolated-vm');
    const folder = dirname(dirname(library));
    // Whether the folder above is a module package is asked of its package.json.
    return [...folderOf(folder), `${dirname(folder)}/package.json`];
  } catch {
    return [];
  }
}
