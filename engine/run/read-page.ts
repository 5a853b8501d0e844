import type { Json } from '#engine/flow/json.ts';
import type { DataRecord, SourcePage } from '#engine/nodes/step.ts';
import type { Attempt, Scope } from './attempt.ts';
import { MemoPorts } from './step-ports.ts';
import type { TriggerStep } from './trigger-plan.ts';

/** Where a page is: the record it is read for, its number for that record, and the cursor the page before gave. */
export interface PagePlace {
  index: number;
  number: number;
  cursor: Json | null;
}

/** A page that was read and not turned to yet. */
export interface ReadPage {
  place: PagePlace;
  scope: Scope;
  page: SourcePage;
  /** Checkpoints the source set. They belong to this page, while the one before may still be under way. */
  marks: Record<string, Json>;
  /** The connection it waits for, when the read is to be tried again. */
  waitsFor: string | null;
  startedAt: number;
  endedAt: number;
}

/** A person looks at the first pages of a test run; it need not read a whole catalogue. */
const TEST_PAGES = 3;

/** Asks a source for one page. @throws what a port of this process throws, never what the vendor does */
export async function readPage(source: TriggerStep, attempt: Attempt, of: { record: DataRecord; place: PagePlace; scope: Scope }): Promise<ReadPage> {
  const { place, scope, record } = of;
  const { event, ports: world } = attempt.input;
  const { nodeId, config, prepared, kind } = source.step;
  const ports = new SourcePorts(source, attempt, scope);
  const startedAt = world.now();
  let page: SourcePage;
  try {
    page = (await kind.nextPage?.({ nodeId, config, prepared, event, ports, record, number: place.number, cursor: place.cursor })) ?? { records: [], next: null };
  } catch (error) {
    if (ports.lost) throw error;
    const message = error instanceof Error ? error.message : String(error);
    page = { records: [], next: null, failure: { class: 'bug', code: 'step_crashed', message } };
  }
  if (event.test && place.number >= TEST_PAGES) page = { ...page, next: null };
  return { place, scope, page, marks: ports.marks, waitsFor: ports.waitsFor, startedAt, endedAt: world.now() };
}

class SourcePorts extends MemoPorts {
  readonly marks: Record<string, Json> = {};

  override mark(name: string, value: Json): void {
    this.marks[name] = value;
  }
}
