import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { handleAuth } from '../http/handle-auth.ts';
import { handleTrpc } from '../http/handle-trpc.ts';
import type { Runtime } from '../runtime.ts';

export interface TestServer {
  url: string;
  close(): Promise<void>;
}

/** The API of the web process on a port of its own, without Next: the same handlers, real HTTP. */
export async function startServer(runtime: Runtime): Promise<TestServer> {
  const server = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing, runtime).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = addressOf(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse, runtime: Runtime): Promise<void> {
  const abort = new AbortController();
  outgoing.on('close', () => abort.abort());
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) if (typeof value === 'string') headers.set(name, value);
  const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method,
    headers,
    signal: abort.signal,
    ...(incoming.method === 'POST' ? { body: Buffer.concat(chunks) } : {}),
  });
  const response = request.url.includes('/api/auth/') ? await handleAuth(request, runtime) : await handleTrpc(request, runtime);
  outgoing.writeHead(response.status, [...response.headers].flat());
  if (response.body === null) outgoing.end();
  else Readable.from(response.body).on('error', () => outgoing.destroy()).pipe(outgoing);
}

function addressOf(address: string | AddressInfo | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address;
}
