import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LaunchError } from './launch-error.ts';

/**
 * Makes sure that one supervisor at a time works on a data folder. The lock is a listening socket: the system drops it with the process,
 * however that ends, so there is never a stale lock to judge. Returns its release. Throws LaunchError when another one is running.
 */
export async function lockInstance(dataDir: string, graceMs = 6_000): Promise<() => void> {
  // In the temporary folder because the path of a socket may have no more than about 100 bytes.
  const path = join(tmpdir(), `weft-${createHash('sha256').update(dataDir).digest('hex').slice(0, 20)}.sock`);
  const end = Date.now() + graceMs;
  for (;;) {
    if (!(await isAnswered(path))) {
      rmSync(path, { force: true });
      const release = await listen(path);
      if (release) return release;
    }
    if (Date.now() > end) throw new LaunchError(`weft is already running on ${dataDir}. Stop it first, or set WEFT_DATA_DIR (and other ports) for a second one.`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function listen(path: string): Promise<(() => void) | null> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', () => resolve(null));
    server.listen(path, () => {
      server.unref();
      resolve(() => server.close());
    });
  });
}
