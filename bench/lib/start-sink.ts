import { fork } from 'node:child_process';

export interface SinkStats {
  received: number;
  unique: number;
  duplicates: number;
  held: number;
  /** When the last new order came, milliseconds since the epoch. */
  lastNewAt: number;
  batches: number;
  records: number;
  /** Different articles among the records. */
  uniqueRecords: number;
  /** Batches that came again under the same idempotency key. */
  repeatedBatches: number;
}

/** The sink as seen from the measurement; see sink.ts. */
export interface Sink {
  url: string;
  pid: number;
  reset(stallAfter?: number): Promise<void>;
  unstall(): Promise<void>;
  stats(): Promise<SinkStats>;
  /** Resolves when that many different orders are there, or after the timeout. */
  wait(orders: number, timeoutMs: number): Promise<SinkStats & { timedOut: boolean }>;
  /** The same for different product records. */
  waitForRecords(records: number, timeoutMs: number): Promise<SinkStats & { timedOut: boolean }>;
  sample(): Promise<string>;
  /** How many of the ids never came, and how many came more than once. */
  check(ids: string[]): Promise<{ missing: number; twice: number }>;
  close(): void;
}

/** Starts the sink as a process of its own. @param port 0: any free one */
export async function startSink(port = 0): Promise<Sink> {
  const child = fork(new URL('./sink.ts', import.meta.url), [String(port)]);
  const message = await new Promise<{ port: number }>((resolve, reject) => {
    child.once('message', (value: { port: number }) => resolve(value));
    child.once('exit', () => reject(new Error('The sink did not start.')));
  });
  const url = `http://127.0.0.1:${message.port}`;
  const ask = async (method: string, path: string, body?: string) => JSON.parse(await (await fetch(url + path, { method, body })).text());
  return {
    url,
    pid: child.pid ?? 0,
    reset: (stallAfter) => ask('POST', `/reset${stallAfter === undefined ? '' : `?stallAfter=${stallAfter}`}`),
    unstall: () => ask('POST', '/unstall'),
    stats: () => ask('GET', '/stats'),
    wait: (orders, timeoutMs) => ask('GET', `/wait?orders=${orders}&timeout=${timeoutMs}`),
    waitForRecords: (records, timeoutMs) => ask('GET', `/wait?records=${records}&timeout=${timeoutMs}`),
    sample: async () => (await ask('GET', '/sample')).body,
    check: (ids) => ask('POST', '/ids', JSON.stringify(ids)),
    close: () => child.kill(),
  };
}
