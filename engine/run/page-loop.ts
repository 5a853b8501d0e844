import { parseJson, stringifyJson, type Json } from '#engine/flow/json.ts';
import type { DataRecord } from '#engine/nodes/step.ts';
import type { StepResult } from './advance.ts';
import type { Attempt, Scope } from './attempt.ts';
import { describeStep } from './describe-step.ts';
import { drive } from './drive.ts';
import type { PageState, StepDetail, StepRecord } from './journal.ts';
import { PageSums } from './page-sums.ts';
import { signsOf, type PageScope } from './perform-step.ts';
import { readPage, type PagePlace, type ReadPage } from './read-page.ts';
import type { RunFailure } from './outcome.ts';
import type { PagedPlan, TriggerStep } from './trigger-plan.ts';

interface Given {
  /** Results of the steps outside. */
  outside: ReadonlyMap<string, StepResult>;
  /** Records the source reads pages for, in turn. */
  inputs: DataRecord[];
}

/**
 * The loop over the pages of one attempt.
 *
 * A page is *read* → *turned* to (written down; durable before the first effect that comes of it, like any result) → *worked on* by
 * every step behind the source, while the next one is read ahead → *done* when nothing of it is pending. Pending: the run waits
 * with this page and works on it again later, from what was written down. Two pages are in memory at most, and what steps take
 * along from page to page.
 */
export class PageLoop {
  readonly #attempt: Attempt;
  readonly #paged: PagedPlan;
  readonly #given: Given;
  readonly #sums: PageSums;
  /** Exceptions of steps outside; they come up with every attempt. */
  readonly #failedOutside: number;
  /** The page under way. */
  #state: PageState | null;
  #carries: Record<string, Json>;
  #ahead: Promise<ReadPage> | null = null;

  constructor(attempt: Attempt, paged: PagedPlan, given: Given) {
    const { journal, ports } = attempt.input;
    const { tally } = attempt;
    this.#attempt = attempt;
    this.#paged = paged;
    this.#given = given;
    this.#state = journal.pageUnderWay;
    this.#carries = { ...this.#state?.carries };
    this.#sums = new PageSums(this.#state, { journal, now: ports.now, attempt: attempt.input.attempt });
    this.#failedOutside = tally.exceptions;
    tally.recordsIn = this.#state?.recordsIn ?? 0;
    if (this.#state && this.#state.recordsFailed > 0) tally.exception(this.#state.failure, this.#state.recordsFailed);
    for (const region of attempt.regions) region.beforePages();
  }

  /** Works on pages until there are none left. @returns false when the run has to wait before that */
  async run(): Promise<boolean> {
    let done = await this.#resume();
    while (done) {
      const place = this.#placeAfter(this.#state);
      if (!place) break;
      done = await this.#turnTo(place);
    }
    this.#sums.tell();
    // A read ahead that nobody needs any more still ends before the run does: its call belongs to this run.
    await this.#ahead?.catch(() => undefined);
    return done;
  }

  /** The page an earlier attempt left. @returns false when the run has to wait */
  async #resume(): Promise<boolean> {
    const state = this.#state;
    if (!state || state.done) return true;
    this.#openPage(state.page);
    return this.#workOn(state, { records: keyed(state, listOf(state.body)), unsynced: false });
  }

  /** @returns false when the run has to wait */
  async #turnTo(place: PagePlace): Promise<boolean> {
    const ahead = this.#ahead ?? this.#read(place);
    this.#ahead = null;
    const read = await ahead;
    this.#openPage(read.scope.page);
    const refused = read.page.failure ? this.#judge(read) : null;
    if (refused === 'waits') return false;
    const records = read.page.failure ? [] : keyed({ recordKey: this.#given.inputs[place.index]?.key ?? '', number: place.number }, read.page.records);
    this.#tellSource(read, records, 0);
    // What was read is written down with the page: after a crash nobody tells of it again.
    this.#sums.countAsDone(this.#paged.source.step.nodeId);
    return this.#workOn(this.#turn(read, refused), { records, unsynced: true });
  }

  #placeAfter(state: PageState | null): PagePlace | null {
    if (!state) return { index: 0, number: 1, cursor: null };
    const index = this.#indexOf(state);
    if (state.next !== null) return { index, number: state.number + 1, cursor: state.next };
    return index + 1 < this.#given.inputs.length ? { index: index + 1, number: 1, cursor: null } : null;
  }

  #indexOf(state: PageState): number {
    const index = this.#given.inputs.findIndex(({ key }) => key === state.recordKey);
    if (index < 0) throw new Error(`The record ${state.recordKey} that pages were read for does not come again.`);
    return index;
  }

  #read(place: PagePlace): Promise<ReadPage> {
    const record = this.#given.inputs[place.index];
    if (!record) throw new Error(`There is no record ${place.index} to read pages for.`);
    return readPage(this.#paged.source, this.#attempt, { record, place, scope: this.#scopeAfter(this.#state) });
  }

  /** Attempts to read a page count from the first one of them. */
  #scopeAfter(state: PageState | null): Scope {
    const { attempt } = this.#attempt.input;
    if (!state) return { page: 1, from: this.#attempt.budgetFrom };
    return { page: state.page + 1, from: state.done ? state.attempt : attempt };
  }

  #openPage(page: number): void {
    if (page > 1) for (const region of this.#attempt.regions) region.nextPage();
  }

  /** A page that could not be read. @returns why it is given up; null: an empty page takes its place */
  #judge(read: ReadPage): RunFailure | null | 'waits' {
    const { failure } = read.page;
    if (!failure) return null;
    const { verdict, what, spent } = this.#attempt.judge(this.#paged.source, signsOf(failure), { scope: read.scope, message: failure.message });
    if (verdict === 'exception') return what;
    if (verdict === 'ignore') return null;
    this.#keepPlace();
    this.#attempt.tally.retry(what, { spends: verdict === 'retry', spent, retryAfterMs: failure.retryAfterMs, ref: read.waitsFor });
    this.#tellSource(read, [], 1);
    return 'waits';
  }

  /** The page under way is done: it need not be worked on again only to read the next one. */
  #keepPlace(): void {
    const { input, tally } = this.#attempt;
    if (!this.#state || this.#state.done) return;
    this.#state = { ...this.#state, ...this.#soFar(), body: '[]', done: true, refused: null, checkpoints: {}, recordsIn: tally.recordsIn, attempt: input.attempt };
    input.journal.turnPage(this.#state);
  }

  #soFar(): Pick<PageState, 'carries' | 'totals' | 'recordsFailed' | 'failure'> {
    const { tally } = this.#attempt;
    return { carries: this.#carries, totals: this.#sums.totals, recordsFailed: tally.exceptions - this.#failedOutside, failure: tally.firstException };
  }

  #turn(read: ReadPage, refused: RunFailure | null): PageState {
    const { input, tally } = this.#attempt;
    const { page, place, marks, scope } = read;
    const failed = page.failure !== undefined;
    const state: PageState = {
      nodeId: this.#paged.source.step.nodeId,
      recordKey: this.#given.inputs[place.index]?.key ?? '',
      number: place.number,
      page: scope.page,
      body: failed ? '[]' : stringifyJson([...page.records]),
      next: failed ? null : page.next,
      ...this.#soFar(),
      recordsIn: tally.recordsIn,
      attempt: input.attempt,
      checkpoints: failed ? {} : marks,
      refused,
      done: false,
    };
    input.journal.turnPage(state);
    this.#state = state;
    return state;
  }

  /** @returns false when something of the page is pending, and the run has to wait */
  async #workOn(state: PageState, { records, unsynced }: { records: DataRecord[]; unsynced: boolean }): Promise<boolean> {
    const { source, inside } = this.#paged;
    const { input, tally } = this.#attempt;
    for (const name in state.checkpoints) input.journal.checkpoint(name, state.checkpoints[name] ?? null);
    const next = this.#placeAfter(state);
    if (next) this.#readAhead(next);
    tally.recordsIn += records.length;
    const carries = { ...this.#carries };
    const page = this.#pageScope(state, { last: next === null, carries });
    const record = this.#given.inputs[this.#indexOf(state)];
    if (state.refused && record) this.#attempt.giveUp(source, record, { failure: state.refused, scope: page });
    const results = new Map(this.#given.outside);
    results.set(source.name, { outputs: { [outputOf(source)]: records }, pending: false, unsynced });
    await drive(inside, results, { attempt: this.#attempt, arriving: { start: null, first: state.page === 1 }, page });
    if (inside.some(({ name }) => results.get(name)?.pending ?? true)) return false;
    this.#carries = carries;
    this.#sums.pageDone();
    return true;
  }

  #pageScope(state: PageState, of: { last: boolean; carries: Record<string, Json> }): PageScope {
    const before = this.#carries;
    return {
      page: state.page,
      from: state.attempt,
      last: of.last,
      carryOf: (nodeId) => before[nodeId],
      keep(nodeId, carry) {
        if (carry === undefined) delete of.carries[nodeId];
        else of.carries[nodeId] = carry;
      },
      tell: (step, detail) => this.#tell(step, detail, state.page),
    };
  }

  #tell(step: StepRecord, detail: StepDetail, page: number): void {
    this.#sums.add(step, detail, { number: page, atOnce: page === 1 || this.#attempt.input.event.test });
  }

  #readAhead(place: PagePlace): void {
    this.#ahead = this.#read(place);
    // Whoever turns to the page hears of it; nobody does when the page before ends the attempt.
    this.#ahead.catch(() => undefined);
  }

  #tellSource(read: ReadPage, given: DataRecord[], waiting: number): void {
    const { source } = this.#paged;
    const { page, place, startedAt, endedAt } = read;
    const asked = this.#given.inputs[place.index];
    const records = asked && place.number === 1 ? [asked] : [];
    const failures = asked && page.failure ? [{ record: asked, ...page.failure }] : [];
    const output = { outputs: { [outputOf(source)]: given }, failures, logs: page.logs ?? [] };
    const { attempt } = this.#attempt.input;
    const step = describeStep({ step: source.step, records, output, attempt, waiting, startedAt, endedAt, telling: read.scope.page === 1, paged: true });
    this.#tell(step, { records, output }, read.scope.page);
  }
}

function outputOf({ step }: TriggerStep): string {
  return step.outputs[0] ?? '';
}

/** Keys are stable by page and place. */
function keyed(state: Pick<PageState, 'recordKey' | 'number'>, records: readonly Json[]): DataRecord[] {
  const prefix = `${state.recordKey}.p${state.number}.`;
  return records.map((data, index) => ({ key: prefix + index, data }));
}

function listOf(body: string): Json[] {
  const list = parseJson(body);
  return Array.isArray(list) ? list : [];
}
