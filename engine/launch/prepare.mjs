// The first half of `npm start` and `npm test`: no dependencies, runs on any Node from 20 on. Installs if needed, then hands over to Node 24.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installNeeded, stampOf } from './install-state.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const modules = join(root, 'node_modules');
const platform = `${process.platform}-${process.arch}`;
const WANTED = 24;

/**
 * Makes sure that packages are installed and a Node 24 is there.
 * Ends the process with one sentence when that cannot be done.
 * @returns {Promise<string>} path of the Node to run everything else with
 */
export async function prepare() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    fail(`Node ${process.versions.node} is too old: weft needs Node 20 or newer to install itself (it then brings its own Node ${WANTED}).`);
  }
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const stampFile = join(modules, '.weft-stamp');
  const stamp = textOf(stampFile);
  const why = installNeeded({ lockText, platform, stamp, installedText: textOf(join(modules, '.package-lock.json')) });
  if (why) {
    say(why === 'missing' ? 'Installing packages (once; about 1 GB on disk) …' : 'Packages have changed: installing …');
    const command = installCommand();
    const status = await npm([...command, '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
    if (status !== 0) fail(`The packages could not be installed (npm ${command.join(' ')} ended with ${status}); the lines above say why.`);
  }
  const node = await findNode();
  const stampNow = stampOf(lockText, platform);
  if (stamp?.trim() !== stampNow) {
    try {
      writeFileSync(stampFile, `${stampNow}\n`);
    } catch {
      // A read-only installation is complete all the same; it is compared with npm's record each time.
    }
  }
  return node;
}

/**
 * Runs a TypeScript program of ours with the Node found, with the IPC channel by which it is asked to stop.
 * @param {string} node
 * @param {string} program file name in this folder
 * @returns {import('node:child_process').ChildProcess}
 */
export function handOver(node, program) {
  const path = [dirname(node), join(modules, '.bin'), process.env.PATH].filter(Boolean).join(delimiter);
  return spawn(node, ['--disable-warning=ExperimentalWarning', join(root, 'engine', 'launch', program), ...process.argv.slice(2)], {
    cwd: root,
    env: { ...process.env, PATH: path },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
}

/** @param {string} message */
export function say(message) {
  process.stdout.write(`${message}\n`);
}

async function findNode() {
  const own = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (majorOf(own) === WANTED) return own;
  // The npm package `node` fetches its binary in an install script: switched off, or its download failed.
  say(`Node ${WANTED} is not there yet: installing it …`);
  const status = await npm(['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error']);
  if (status === 0 && majorOf(own) === WANTED) return own;
  if (majorOf(process.execPath) === WANTED) return process.execPath;
  fail(
    `Node ${WANTED} could not be installed: the install script of the npm package "node" did not leave a working ${own}. ` +
      `Check the network and npm's "ignore-scripts" setting and start again, or start with a Node ${WANTED} of your own.`,
  );
}

/**
 * `npm ci`, or what comes nearest where it refuses: a lock file written against a registry that lacked the binaries of some other platform
 * has no entry for them, which `npm ci` takes for an inconsistency. `npm install --no-save` keeps every version of the lock file and changes no file.
 */
function installCommand() {
  const { program, args, env } = npmCall(['ci', '--dry-run', '--include=dev', '--no-audit', '--no-fund']);
  const trial = spawnSync(program, args, { cwd: root, env, encoding: 'utf8', shell: process.platform === 'win32', maxBuffer: 64 * 1024 * 1024 });
  return trial.status !== 0 && /EUSAGE/.test(trial.stderr ?? '') ? ['install', '--no-save'] : ['ci'];
}

/**
 * Runs npm, showing its output.
 * @param {string[]} npmArgs
 * @returns {Promise<number>}
 */
function npm(npmArgs) {
  const { program, args, env } = npmCall(npmArgs);
  const started = Date.now();
  // npm shows its own progress on a terminal and nothing at all elsewhere (CI).
  const ticker = process.stdout.isTTY ? undefined : setInterval(() => say(`  … still installing (${Math.round((Date.now() - started) / 1000)} s)`), 15_000);
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env, stdio: 'inherit', shell: process.platform === 'win32' });
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 1));
  }).finally(() => clearInterval(ticker));
}

/**
 * How to call npm, with a Node from outside node_modules: an installation replaces that folder, including the Node in it.
 * @param {string[]} args
 */
function npmCall(args) {
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(modules + sep));
  const env = { ...process.env, PATH: path.join(delimiter) };
  // What the npm that runs us says about its script is not meant for the one we run.
  for (const name of Object.keys(env)) if (/^npm_(package|lifecycle|command|node_execpath)/.test(name)) delete env[name];
  const script = process.env.npm_execpath;
  if (script === undefined || !/npm-cli\.[cm]?js$/.test(script) || !existsSync(script)) return { program: 'npm', args, env };
  const outside = path.map((folder) => join(folder, 'node')).find((file) => (majorOf(file) ?? 0) >= 20);
  return { program: outside ?? process.execPath, args: [script, ...args], env };
}

/** @param {string} node */
function majorOf(node) {
  if (!existsSync(node)) return null;
  const run = spawnSync(realpathSync(node), ['--version'], { encoding: 'utf8' });
  const major = Number(/^v(\d+)\./.exec(run.stdout ?? '')?.[1]);
  return run.status === 0 && Number.isInteger(major) ? major : null;
}

/** @param {string} file */
function textOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function fail(sentence) {
  process.stderr.write(`\n${sentence}\n`);
  process.exit(1);
}
