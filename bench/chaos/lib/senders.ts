import { Agent, request } from 'undici';

/** An event as its sender knows it. */
export interface Sent {
  id: string;
  flow: string;
  tenant: string;
  /** Ordering key, null without one. */
  key: string | null;
  /** True once the sender was told 200. */
  acknowledged: boolean;
  /** The event's id as told. */
  eventId: string | null;
  /** Every answer; 0: the connection broke. */
  answers: number[];
  firstAt: number;
  /** When 200 came, epoch milliseconds. */
  acknowledgedAt: number;
  /** Longest wait for one answer, milliseconds. */
  slowest: number;
}

export interface Sending {
  id: string;
  flow: string;
  /** Last part of the webhook's address. */
  endpoint: string;
  tenant: string;
  key?: string;
  extra?: Record<string, unknown>;
}

const PAUSE_MS = 150;
const ANSWER_MS = 15_000;

/** Senders that behave as vendors do: each event under its delivery id, sent again until it is acknowledged. They write down what they were told. */
export class Senders {
  readonly sent: Sent[] = [];
  readonly #ports: () => number[];
  readonly #agent = new Agent({ connections: 64, keepAliveTimeout: 30_000, pipelining: 1 });
  /** Answers of one try, as `status retry-after`, with the milliseconds it took. */
  readonly tries: { at: number; status: number; retryAfter: number; ms: number }[] = [];
  #turn = 0;
  #stopped = false;

  /** @param ports of the ingresses, as they are at the moment */
  constructor(ports: () => number[]) {
    this.#ports = ports;
  }

  /** Sends until it is acknowledged or `stop` was called. */
  async send(sending: Sending, options: { tries?: number } = {}): Promise<Sent> {
    const { id, flow, tenant, key = null } = sending;
    const record: Sent = { id, flow, tenant, key, acknowledged: false, eventId: null, answers: [], firstAt: now(), acknowledgedAt: 0, slowest: 0 };
    this.sent.push(record);
    const body = JSON.stringify({ id, tenant, ...(key === null ? {} : { key }), ...sending.extra });
    for (let attempt = 1; !this.#stopped && attempt <= (options.tries ?? Number.POSITIVE_INFINITY); attempt += 1) {
      if (await this.#try(record, sending.endpoint, body)) break;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    return record;
  }

  /** Sends many, `width` at a time. */
  async sendAll(sendings: readonly Sending[], width: number): Promise<void> {
    let next = 0;
    const work = async (): Promise<void> => {
      while (!this.#stopped && next < sendings.length) {
        const sending = sendings[next++];
        if (sending) await this.send(sending);
      }
    };
    await Promise.all(Array.from({ length: width }, work));
  }

  /** Sends at a steady rate, whatever the answers take. Resolves when all are acknowledged. */
  async sendAtRate(sendings: readonly Sending[], perSecond: number): Promise<void> {
    const from = performance.now();
    const under: Promise<unknown>[] = [];
    for (const [index, sending] of sendings.entries()) {
      const due = from + (index * 1000) / perSecond;
      const wait = due - performance.now();
      if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
      if (this.#stopped) break;
      under.push(this.send(sending));
    }
    await Promise.all(under);
  }

  stop(): void {
    this.#stopped = true;
  }

  close(): Promise<void> {
    this.#stopped = true;
    return this.#agent.destroy();
  }

  async #try(record: Sent, endpoint: string, body: string): Promise<boolean> {
    const ports = this.#ports();
    const port = ports[(this.#turn += 1) % Math.max(1, ports.length)] ?? 1;
    const from = performance.now();
    let status = 0;
    let retryAfter = -1;
    try {
      const answer = await request(`http://127.0.0.1:${port}/in/${endpoint}`, {
        method: 'POST', body, dispatcher: this.#agent, headers: { 'content-type': 'application/json', 'x-delivery': record.id },
        headersTimeout: ANSWER_MS, bodyTimeout: ANSWER_MS,
      });
      status = answer.statusCode;
      retryAfter = Number(answer.headers['retry-after'] ?? -1);
      const text = await answer.body.text();
      if (status === 200) record.eventId = /"eventId":"([^"]+)"/.exec(text)?.[1] ?? null;
    } catch {
      status = 0;
    }
    const ms = performance.now() - from;
    record.answers.push(status);
    record.slowest = Math.max(record.slowest, ms);
    this.tries.push({ at: now(), status, retryAfter, ms });
    if (status !== 200) return false;
    record.acknowledged = true;
    record.acknowledgedAt = now();
    return true;
  }
}

/** Epoch milliseconds with fractions, comparable between processes of one machine. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
