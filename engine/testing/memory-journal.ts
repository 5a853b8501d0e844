import type { CallResult } from '#engine/nodes/step.ts';
import type { EffectRecord, ExceptionRecord, RunJournal, StepRecord } from '#engine/run/journal.ts';

/** A journal in memory that can lose what was not synced, the way a killed process does. */
export class MemoryJournal implements RunJournal {
  readonly steps: StepRecord[] = [];
  readonly effects = new Map<string, EffectRecord>();
  readonly exceptions = new Map<string, ExceptionRecord>();
  #pendingSteps: StepRecord[] = [];
  #pendingEffects: EffectRecord[] = [];
  #pendingExceptions: ExceptionRecord[] = [];

  settled(key: string): CallResult | undefined {
    return this.effects.get(key)?.result;
  }

  step(step: StepRecord): void {
    this.#pendingSteps.push(step);
  }

  effect(effect: EffectRecord): void {
    this.#pendingEffects.push(effect);
  }

  exception(exception: ExceptionRecord): void {
    this.#pendingExceptions.push(exception);
  }

  async sync(): Promise<void> {
    this.flush();
  }

  /** What `sync` does; also what the end of an attempt does. */
  flush(): void {
    this.steps.push(...this.#pendingSteps);
    for (const effect of this.#pendingEffects) this.effects.set(effect.key, effect);
    for (const exception of this.#pendingExceptions) this.exceptions.set(`${exception.nodeId} ${exception.record.key}`, exception);
    this.crash();
  }

  /** Forgets what was not synced. */
  crash(): void {
    this.#pendingSteps = [];
    this.#pendingEffects = [];
    this.#pendingExceptions = [];
  }
}
