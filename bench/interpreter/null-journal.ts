import type { Json } from '#engine/flow/json.ts';
import type { CallResult } from '#engine/nodes/step.ts';
import type { PageState, RunJournal } from '#engine/run/journal.ts';

/** Forgets everything: what is measured on it is the interpreter alone. */
export class NullJournal implements RunJournal {
  readonly pageUnderWay: PageState | null = null;
  /** Pages turned. */
  turns = 0;

  settled(): CallResult | undefined {
    return undefined;
  }

  remembered(): Json | undefined {
    return undefined;
  }

  step(): void {}

  effect(): void {}

  exception(): void {}

  remember(): void {}

  checkpoint(): void {}

  turnPage(): void {
    this.turns += 1;
  }

  async sync(): Promise<void> {}
}
