import type { CallResult } from '#engine/nodes/step.ts';
import type { PortCall } from '#engine/run/ports.ts';
import { digestOf } from './random.ts';

/** One write that took effect for the first time. */
export interface Applied {
  eventId: string;
  nodeId: string;
  recordKey: string;
}

/**
 * The systems a simulated flow talks to. A record that is refused is refused whenever it comes. What is read is the same whenever it
 * is asked for, unless the world is moody: then it never is, and whoever asks twice and uses both answers is found out.
 */
export class FarWorld {
  /** Bodies by effect key. */
  readonly applied = new Map<string, string>();
  readonly log: Applied[] = [];
  /** Keys that came with two different bodies. */
  readonly torn: string[] = [];
  readonly #pageSize: number;
  readonly #moody: boolean;
  #asked = 0;

  constructor({ pageSize, moody }: { pageSize: number; moody: boolean }) {
    this.#pageSize = pageSize;
    this.#moody = moody;
  }

  answer(call: PortCall, eventId: string): CallResult {
    const { request } = call;
    if (!call.writes) return request.url.includes('/list') ? this.#page(call) : answered(`{"known":${this.#mood()}}`);
    const body = request.body ?? '';
    if (request.url.includes('strict') && digestOf(call.effectKey) % 5 === 0) return { ok: false, class: 'data', code: 'http_422', message: 'refused', status: 422 };
    const before = this.applied.get(call.effectKey);
    if (before === undefined) {
      this.applied.set(call.effectKey, body);
      this.log.push({ eventId, nodeId: call.nodeId, recordKey: request.recordKey });
    } else if (before !== body) this.torn.push(call.effectKey);
    return answered(`{"id":${digestOf(call.effectKey) % 1000}}`);
  }

  #mood(): number {
    return this.#moody ? (this.#asked += 1) : 0;
  }

  /** The address names the list and how long it is; a list may have a page in the middle that nobody can read. */
  #page({ request }: PortCall): CallResult {
    const number = Number(request.query.find(([name]) => name === 'page')?.[1]);
    const [, id = '', count = '0', broken = '0'] = /\/list\/([^/]+)\/(\d+)\/(\d+)/.exec(request.url) ?? [];
    if (number === Number(broken)) return { ok: false, class: 'data', code: 'http_400', message: 'no such page', status: 400 };
    const first = (number - 1) * this.#pageSize;
    const items = [];
    for (let at = first; at < Math.min(Number(count), first + this.#pageSize); at += 1) items.push({ id: `${id}-${at}`, n: at, mood: this.#mood() });
    return answered(JSON.stringify({ items, more: first + this.#pageSize < Number(count) }));
  }
}

function answered(bodyText: string): CallResult {
  return { ok: true, status: 200, headers: { 'content-type': 'application/json' }, bodyText, exchangeId: '' };
}
