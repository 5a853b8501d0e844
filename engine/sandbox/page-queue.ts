import type { EvaluateRequest, EvaluateResult } from '#engine/nodes/step.ts';
import type { Language } from './protocol.ts';

/** One evaluation on its way. */
export interface Page {
  tenant: string;
  language: Language;
  request: EvaluateRequest;
  /** Same tenant, same script, same limits: such pages may travel together. */
  script: string;
  /** Only by itself: something in the company it was in went wrong. */
  alone: boolean;
  /** How many children have ended under it while it was alone. */
  crashes: number;
  resolve(result: EvaluateResult): void;
}

interface Lane {
  /** By `Page.script`; the scripts of a tenant take turns too. */
  scripts: Map<string, Page[]>;
  /** Batches of this tenant that are being evaluated. */
  running: number;
}

export interface Batch {
  tenant: string;
  pages: Page[];
}

export interface BatchLimits {
  pages: number;
  chars: number;
  /** Batches one tenant may have under way. */
  running: number;
}

/**
 * Pages that wait for a child. Tenants take turns, so that a flood of one costs another at most the batch under way, and one
 * tenant cannot hold every child. A Map keeps insertion order: whoever was served goes to the end of it.
 */
export class PageQueue {
  readonly #lanes = new Map<string, Lane>();
  readonly #limits: BatchLimits;

  constructor(limits: BatchLimits) {
    this.#limits = limits;
  }

  add(page: Page): void {
    this.#bucketOf(page).push(page);
  }

  /** Back to the front, in the order given. */
  putBack(pages: readonly Page[]): void {
    for (const page of pages.toReversed()) this.#bucketOf(page).unshift(page);
  }

  /** The next batch, or null when nobody may be served. `prefer`: whose scripts a child knows already. */
  take(prefer: (tenant: string) => boolean): Batch | null {
    let chosen: string | null = null;
    for (const [tenant, lane] of this.#lanes) {
      if (lane.running >= this.#limits.running || lane.scripts.size === 0) continue;
      chosen ??= tenant;
      if (prefer(tenant)) {
        chosen = tenant;
        break;
      }
    }
    const lane = chosen === null ? undefined : this.#lanes.get(chosen);
    const [script] = lane?.scripts ?? [];
    if (chosen === null || !lane || !script) return null;
    const [name, waiting] = script;
    const pages = waiting.splice(0, this.#fitting(waiting));
    lane.scripts.delete(name);
    if (waiting.length > 0) lane.scripts.set(name, waiting);
    lane.running += 1;
    this.#lanes.delete(chosen);
    this.#lanes.set(chosen, lane);
    return { tenant: chosen, pages };
  }

  /** A batch that was taken has ended. */
  ended(tenant: string): void {
    const lane = this.#lanes.get(tenant);
    if (!lane) return;
    lane.running -= 1;
    if (lane.running === 0 && lane.scripts.size === 0) this.#lanes.delete(tenant);
  }

  /** Empties the queue. */
  drain(): Page[] {
    const all = [...this.#lanes.values()].flatMap((lane) => [...lane.scripts.values()].flat());
    for (const lane of this.#lanes.values()) lane.scripts.clear();
    return all;
  }

  #bucketOf(page: Page): Page[] {
    const lane = this.#lanes.get(page.tenant) ?? { scripts: new Map<string, Page[]>(), running: 0 };
    this.#lanes.set(page.tenant, lane);
    const bucket = lane.scripts.get(page.script) ?? [];
    lane.scripts.set(page.script, bucket);
    return bucket;
  }

  /** How many from the front travel together; at least one. */
  #fitting(waiting: readonly Page[]): number {
    let chars = 0;
    let count = 0;
    for (const page of waiting) {
      chars += page.request.input.length;
      if (count > 0 && (page.alone || waiting[0]?.alone || chars > this.#limits.chars || count >= this.#limits.pages)) break;
      count += 1;
    }
    return count;
  }
}
