import { connect, type Socket } from 'node:net';

export interface LoadOptions {
  url: string;
  /** Requests in all. */
  count: number;
  /** Connections, each with one request under way. */
  concurrency: number;
  body(index: number): { id: string; data: Buffer };
  timeoutMs?: number;
}

export interface LoadResult {
  /** Ids whose request was answered 2xx. */
  acknowledged: string[];
  statuses: Record<string, number>;
  /** Connections lost with a request under way. */
  errors: number;
  /** Milliseconds since the epoch, with fractions. */
  firstSent: number;
  perSecond: number;
  p50: number;
  p99: number;
  max: number;
}

const MOST_ERRORS = 200;

/** Milliseconds since the epoch, comparable between processes of one machine. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * Raw-socket HTTP/1.1 load: a closed loop over keep-alive connections, exactly `count` POSTs. An HTTP client would take a
 * good part of a small machine for itself; this takes about 0.05 ms a request.
 */
export function load(options: LoadOptions): Promise<LoadResult> {
  const url = new URL(options.url);
  const { count, concurrency, body, timeoutMs = 60_000 } = options;
  const latencies: number[] = [];
  const acknowledged: string[] = [];
  const statuses: Record<string, number> = {};
  let next = 0;
  let errors = 0;
  let open = 0;
  let firstSent = 0;
  let lastAnswer = 0;

  const request = (data: Buffer): Buffer => {
    const head = `POST ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Type: application/json\r\nContent-Length: ${data.length}\r\n\r\n`;
    return Buffer.concat([Buffer.from(head), data]);
  };

  return new Promise((resolve) => {
    const finish = (): void => {
      latencies.sort((a, b) => a - b);
      const at = (part: number): number => round(latencies[Math.min(latencies.length - 1, Math.floor(part * latencies.length))] ?? 0);
      const perSecond = round((latencies.length / (lastAnswer - firstSent)) * 1000);
      resolve({ acknowledged, statuses, errors, firstSent, perSecond, p50: at(0.5), p99: at(0.99), max: at(1) });
    };

    const work = (): void => {
      open += 1;
      let current: string | null = null;
      let sentAt = 0;
      const socket = connect(Number(url.port || 80), url.hostname);
      socket.setNoDelay(true);
      socket.setTimeout(timeoutMs, () => socket.destroy());
      const send = (): void => {
        if (next >= count) {
          socket.end();
          return;
        }
        const { id, data } = body(next++);
        current = id;
        sentAt = now();
        firstSent ||= sentAt;
        socket.write(request(data));
      };
      readAnswers(socket, (status, close) => {
        lastAnswer = now();
        latencies.push(lastAnswer - sentAt);
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (status >= 200 && status < 300 && current !== null) acknowledged.push(current);
        current = null;
        if (close) socket.destroy();
        else send();
      });
      socket.on('connect', send);
      socket.on('error', () => {
        // Counted when it closes.
      });
      socket.on('close', () => {
        open -= 1;
        if (current !== null) errors += 1;
        if (next < count && errors < MOST_ERRORS) work();
        else if (open === 0) finish();
      });
    };
    for (let index = 0; index < Math.min(concurrency, count); index += 1) work();
  });
}

/** Calls back once per complete answer. */
function readAnswers(socket: Socket, onAnswer: (status: number, close: boolean) => void): void {
  let buffer: Buffer = Buffer.alloc(0);
  let headEnd = -1;
  let needed = -1;
  let chunked = false;
  let close = false;
  let status = 0;
  socket.on('data', (data) => {
    buffer = buffer.length === 0 ? data : Buffer.concat([buffer, data]);
    if (headEnd < 0) {
      headEnd = buffer.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      const head = buffer.toString('latin1', 0, headEnd).toLowerCase();
      status = Number(head.slice(9, 12));
      chunked = /\r\ntransfer-encoding:\s*chunked/.test(head);
      close = /\r\nconnection:\s*close/.test(head);
      needed = headEnd + 4 + Number(/\r\ncontent-length:\s*(\d+)/.exec(head)?.[1] ?? 0);
    }
    const complete = chunked ? buffer.toString('latin1', Math.max(headEnd + 2, buffer.length - 7)).endsWith('\r\n0\r\n\r\n') : buffer.length >= needed;
    if (!complete) return;
    buffer = Buffer.alloc(0);
    headEnd = -1;
    onAnswer(status, close);
  });
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
