import type { DataRecord } from '#engine/nodes/step.ts';
import { CaughtRegion } from './caught.ts';
import { attemptInBudget, classOf, verdictOf, type FailureSigns, type Verdict } from './failure.ts';
import type { RunFailure } from './outcome.ts';
import type { RunInput } from './run-input.ts';
import { Tally } from './tally.ts';
import type { TriggerPlan, TriggerStep } from './trigger-plan.ts';

/** Where in a paged run a step is run. */
export interface Scope {
  /** See PageState.page; 0 outside of pages. */
  page: number;
  /** The attempt from which this page's attempts are counted. */
  from: number;
}

export const OUTSIDE: Scope = { page: 0, from: 1 };

/** Memory of the attempt in which everything in a try region was settled; steps that handle its failures have attempts of their own. */
const SETTLED = '!settled';

/** Memory that a person asked for an attempt; no node id holds an exclamation mark. */
const ASKED = '!asked';

/** One attempt of one run under way: what was asked for, and what has come of it so far. */
export class Attempt {
  readonly input: RunInput;
  readonly plan: TriggerPlan;
  readonly tally = new Tally();
  #regions: Map<string, CaughtRegion> | null = null;

  constructor(input: RunInput, plan: TriggerPlan) {
    this.input = input;
    this.plan = plan;
    if (input.byHand) input.journal.remember({ nodeId: ASKED, recordKey: String(input.attempt), value: true, page: 0 });
  }

  /** The attempt from which budgets are counted: the last one a person asked for, or else the last that began when one was spent. */
  get budgetFrom(): number {
    const { attempt, journal } = this.input;
    for (let asked = attempt; asked > 1; asked -= 1) if (journal.remembered(ASKED, String(asked)) !== undefined) return asked;
    return attempt - attemptInBudget(attempt, this.plan.budget) + 1;
  }

  /** The try region around a step. */
  region(id: string): CaughtRegion {
    this.#regions ??= new Map();
    let region = this.#regions.get(id);
    if (!region) this.#regions.set(id, (region = new CaughtRegion()));
    return region;
  }

  get regions(): Iterable<CaughtRegion> {
    return this.#regions?.values() ?? [];
  }

  /** What to do about a failure in this step, after the policy of its node. */
  verdict(at: TriggerStep, failure: FailureSigns, scope: Scope): Verdict {
    return verdictOf(classOf(failure, at.step.policy), this.#spent(at, scope), this.#maxAttempts(at));
  }

  /** The verdict, with what a person reads of it. */
  judge(at: TriggerStep, failure: FailureSigns, of: { scope: Scope; message: string }): { verdict: Verdict; what: RunFailure; spent: number } {
    const known = classOf(failure, at.step.policy);
    const spent = this.#spent(at, of.scope);
    const what = { class: known === 'ignore' ? failure.class : known, code: failure.code, message: of.message };
    return { verdict: verdictOf(known, spent, this.#maxAttempts(at)), what, spent };
  }

  #maxAttempts(at: TriggerStep): number {
    return at.step.policy?.maxAttempts ?? this.input.plan.settings.retry.maxAttempts;
  }

  /** How much of its budget a step has spent with this attempt, from 1. */
  #spent(at: TriggerStep, scope: Scope): number {
    const { attempt } = this.input;
    let from = scope.page > 0 ? scope.from : this.budgetFrom;
    let upTo = attempt;
    if (at.handles !== null) from = Math.max(from, this.#settledAt(at.handles, scope) ?? attempt);
    // What was given up stays given up while others go on.
    if (at.region !== null) upTo = Math.min(attempt, this.#settledAt(at.region, scope) ?? attempt);
    return Math.max(1, upTo - from + 1);
  }

  /** Everything in a region is settled, and something failed: those who handle it begin with this attempt. */
  settle(tryId: string, scope: Scope): void {
    if (this.#settledAt(tryId, scope) !== null) return;
    this.input.journal.remember({ nodeId: tryId, recordKey: settledKey(scope), value: this.input.attempt, page: scope.page });
  }

  #settledAt(tryId: string, scope: Scope): number | null {
    const known = this.input.journal.remembered(tryId, settledKey(scope));
    if (typeof known !== 'number') return null;
    // A budget that began anew since (a person asked for it) begins for all of the region.
    return known >= (scope.page > 0 ? scope.from : this.budgetFrom) ? known : null;
  }

  /** A record failed for good. */
  giveUp(at: TriggerStep, record: DataRecord, failed: { failure: RunFailure; scope: Scope }): void {
    const { failure, scope } = failed;
    if (at.region !== null) return this.region(at.region).fail({ name: at.step.nodeId, record, failure });
    this.tally.exception(failure);
    this.input.journal.exception({ nodeId: at.step.nodeId, record, page: scope.page, ...failure });
  }
}

function settledKey(scope: Scope): string {
  return scope.page === 0 ? SETTLED : `${SETTLED}.p${scope.page}`;
}
