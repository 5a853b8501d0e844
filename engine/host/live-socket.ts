import { Socket } from 'node:net';
import { OwedAnswers } from './owed-answers.ts';

const LOOK_MS = 500;

/**
 * Makes sockets to the database that end when an answer is owed and nothing has been heard for `silentMs`. A half-open connection
 * (its other end vanished without a word) would keep a statement, and every journal write behind it, waiting for a quarter of an
 * hour. It looks like a lost connection to whoever asked, who asks again on a new one.
 *
 * The socket is handed over while it still connects: what is written meanwhile is kept by Node, and a refused connection is
 * reported the way the driver knows it.
 */
export function liveSockets(silentMs: number): (to: { host: readonly string[]; port: readonly number[] }) => Socket {
  return ({ host, port }) => {
    const socket = new Socket();
    socket.setNoDelay(true);
    socket.connect(port[0] ?? 5432, host[0] ?? 'localhost');
    // Only now: connecting puts `write` back to what it was.
    watch(socket, silentMs);
    return socket;
  };
}

function watch(socket: Socket, silentMs: number): void {
  const owed = new OwedAnswers();
  /** When the last sign of life came, or something was asked of a server that owed nothing. */
  let since = performance.now();
  const write = socket.write.bind(socket);
  const watched = (...args: Parameters<typeof write>): boolean => {
    if (!owed.any) since = performance.now();
    if (args[0] instanceof Uint8Array) owed.sent(args[0]);
    return write(...args);
  };
  Object.defineProperty(socket, 'write', { value: watched, writable: true, configurable: true });
  socket.on('data', (chunk: Buffer) => {
    since = performance.now();
    owed.heard(chunk);
  });
  const timer = setInterval(() => {
    if (!socket.connecting && owed.any && performance.now() - since >= silentMs) socket.destroy();
  }, Math.min(LOOK_MS, silentMs / 2));
  timer.unref();
  socket.once('close', () => clearInterval(timer));
}
