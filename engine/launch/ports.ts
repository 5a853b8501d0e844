import { createServer } from 'node:net';
import { LaunchError } from './launch-error.ts';

/** Whether nothing listens on this port of 127.0.0.1 (and, with `host`, of that address). */
export function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** A port nobody uses at the moment, picked by the system. */
export function anyFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ port: 0, host: '127.0.0.1' }, () => {
      const address = probe.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** The first free port at or after `first`, looking at `tries` of them. Throws LaunchError when all are taken. */
export async function nextFreePort(first: number, tries = 50): Promise<number> {
  for (let port = first; port < first + tries && port < 65_536; port++) if (await isPortFree(port)) return port;
  throw new LaunchError(`Ports ${first} to ${first + tries - 1} are all in use. Free one of them.`);
}

/**
 * Waits a little for a port to become free: a process of the last run may still be on its way out.
 * Throws LaunchError with the variable to set when it stays taken.
 */
export async function requirePort(port: number, variable: string, graceMs = 6_000): Promise<void> {
  const end = Date.now() + graceMs;
  while (!(await isPortFree(port))) {
    if (Date.now() > end) throw new LaunchError(`Port ${port} is in use by another program. Stop it, or set ${variable} to a free port.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
