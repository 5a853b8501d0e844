import { statfsSync } from 'node:fs';
import { connect } from 'node:net';
import { fail, ok, unless, warn, type Finding } from './finding.ts';

const GIGABYTE = 1024 ** 3;

export function examineNode(version: string): Finding {
  return unless(version.startsWith('v24.'), 'Node', { state: 'fail', detail: version, todo: 'Run npm ci, then use npm start, npm run doctor …: they bring Node 24 themselves.' });
}

/** Room on the volume of a folder. */
export function examineDisk(folder: string): Finding {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    const free = (bavail * bsize) / GIGABYTE;
    const share = bavail / blocks;
    const detail = `${free.toFixed(1)} GB free (${Math.round(share * 100)} %) at ${folder}`;
    const todo = 'Make room, or shorten the retention (table retention). When it is full, events are refused with 503 until there is room again.';
    if (free < 1) return fail('disk', detail, todo);
    return share < 0.1 ? warn('disk', detail, todo) : ok('disk', detail);
  } catch {
    return warn('disk', `${folder} cannot be looked at`, 'Run this on the machine of the database.');
  }
}

/** Whether something answers on these ports of this machine. */
export async function examinePorts(ports: Record<string, number>): Promise<Finding> {
  const answers = await Promise.all(Object.entries(ports).map(async ([name, port]) => ({ name, port, there: await listens(port) })));
  const silent = answers.filter((one) => !one.there);
  return unless(silent.length === 0, 'ports', {
    state: 'warn', detail: answers.map(({ name, port, there }) => `${name} ${port} ${there ? 'answers' : 'is silent'}`).join(', '),
    todo: 'Start the product (npm start), unless these processes run on another machine.',
  });
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 2_000 });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false)).once('timeout', () => end(false));
  });
}
