import { isRecord, parseJson, type Json } from '#engine/flow/json.ts';
import type { CallResult, DataRecord } from '#engine/nodes/step.ts';
import type { RunFailure } from './outcome.ts';

interface Failed {
  name: string;
  record: DataRecord;
  failure: RunFailure;
}

interface Done {
  nodeId: string;
  recordKey: string;
  result: CallResult;
}

/** What one try region has seen in this attempt: the records that entered it, what was written for them, what failed for good. */
export class CaughtRegion {
  readonly #entered: DataRecord[] = [];
  readonly #done: Done[] = [];
  readonly #failed: Failed[] = [];
  /** Lengths before the page under way. */
  #kept = { entered: 0, done: 0 };

  enter(records: readonly DataRecord[]): void {
    for (const record of records) this.#entered.push(record);
  }

  /** A write in the region was answered. */
  wrote(done: Done): void {
    if (done.result.ok) this.#done.push(done);
  }

  fail(failed: Failed): void {
    this.#failed.push(failed);
  }

  get failures(): number {
    return this.#failed.length;
  }

  /** What came before the paged source stays for every page, but failed only once. */
  beforePages(): void {
    this.#kept = { entered: this.#entered.length, done: this.#done.length };
  }

  nextPage(): void {
    this.#entered.length = this.#kept.entered;
    this.#done.length = this.#kept.done;
    this.#failed.length = 0;
  }

  /**
   * A record for each that failed, in the same order and with the same content however often the region was run: one that failed
   * in two steps counts once, by the first of them.
   * @param order the region's steps, first to last
   */
  records(order: readonly string[]): DataRecord[] {
    const place = new Map(order.map((name, index) => [name, index]));
    const rank = (name: string): number => place.get(name) ?? 0;
    const failed = this.#failed.toSorted((a, b) => rank(a.name) - rank(b.name) || compare(a.record.key, b.record.key));
    const done = this.#done.toSorted((a, b) => rank(a.nodeId) - rank(b.nodeId) || compare(a.recordKey, b.recordKey));
    const records = new Map<string, DataRecord>();
    for (const { name, record, failure } of failed) {
      const key = `${record.key}!`;
      if (records.has(key)) continue;
      const { code, class: failureClass, message } = failure;
      records.set(key, {
        key,
        data: {
          record: this.#origin(record).data,
          failure: { node: name, code, class: failureClass, message },
          done: done.filter((one) => related(one.recordKey, record.key)).map(({ nodeId, result }) => ({ nodeId, answer: answerOf(result) })),
        },
      });
    }
    return [...records.values()];
  }

  /** The record as it entered the try. */
  #origin(record: DataRecord): DataRecord {
    let origin: DataRecord | null = null;
    for (const entered of this.#entered) {
      if (descends(record.key, entered.key) && entered.key.length >= (origin?.key.length ?? 0)) origin = entered;
    }
    return origin ?? record;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether a record came of another: keys grow at their end. */
function descends(key: string, from: string): boolean {
  return key === from || (key.startsWith(from) && '.@!'.includes(key.charAt(from.length)));
}

/** One came of the other, or both came the same way up to where edges met. */
function related(a: string, b: string): boolean {
  const [left, right] = [withoutWays(a), withoutWays(b)];
  return descends(left, right) || descends(right, left);
}

/** A key without the ways it went where edges met. */
function withoutWays(key: string): string {
  return key.replace(/@[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(?:>[A-Za-z0-9_-]+)?/g, '');
}

function answerOf(result: CallResult): Json {
  const text = result.bodyText ?? '';
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    const answer = parseJson(text);
    return isRecord(answer) || Array.isArray(answer) ? answer : text;
  } catch {
    return text;
  }
}
