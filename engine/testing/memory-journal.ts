import type { Json } from '#engine/flow/json.ts';
import type { CallResult, Checkpoint } from '#engine/nodes/step.ts';
import type { EffectRecord, ExceptionRecord, Memory, PageState, RunJournal, StepRecord } from '#engine/run/journal.ts';

/** What is durable of one run. */
export class MemoryStore {
  readonly effects = new Map<string, EffectRecord>();
  readonly exceptions = new Map<string, ExceptionRecord>();
  /** Every page turn, oldest first. */
  readonly turns: PageState[] = [];
  readonly steps = new Map<string, StepRecord>();
  readonly memories = new Map<string, Memory>();
}

/** A journal in memory that can lose what was not synced, the way a killed process does. Several may write to one store. */
export class MemoryJournal implements RunJournal {
  readonly store: MemoryStore;
  readonly #checkpoints: Map<string, Checkpoint>;
  readonly #freshMemories = new Map<string, Memory>();
  #marks = new Map<string, Json>();
  #pending: (() => void)[] = [];

  /** @param checkpoints where marks end up; shared between the runs of a world */
  constructor(checkpoints = new Map<string, Checkpoint>(), store = new MemoryStore()) {
    this.#checkpoints = checkpoints;
    this.store = store;
  }

  get effects(): Map<string, EffectRecord> {
    return this.store.effects;
  }

  get exceptions(): Map<string, ExceptionRecord> {
    return this.store.exceptions;
  }

  get turns(): PageState[] {
    return this.store.turns;
  }

  /** The last telling of each step and attempt. */
  get steps(): StepRecord[] {
    return [...this.store.steps.values()];
  }

  get pageUnderWay(): PageState | null {
    return this.turns.at(-1) ?? null;
  }

  /** As after loading: nothing of the pages before the one under way is known. */
  settled(key: string): CallResult | undefined {
    const effect = this.effects.get(key);
    return effect && this.#isNear(effect.page) ? effect.result : undefined;
  }

  remembered(nodeId: string, recordKey: string): Json | undefined {
    const name = `${nodeId} ${recordKey}`;
    const memory = this.#freshMemories.get(name) ?? this.store.memories.get(name);
    return memory && this.#isNear(memory.page) ? memory.value : undefined;
  }

  #isNear(page: number): boolean {
    return page === 0 || page >= (this.pageUnderWay?.page ?? 0);
  }

  step(step: StepRecord): void {
    this.#pending.push(() => {
      const name = `${step.nodeId} ${step.attempt}`;
      this.store.steps.set(name, { ...step, payload: step.payload ?? this.store.steps.get(name)?.payload ?? null });
    });
  }

  effect(effect: EffectRecord): void {
    this.#pending.push(() => this.effects.set(effect.key, effect));
  }

  exception(exception: ExceptionRecord): void {
    const name = `${exception.nodeId} ${exception.record.key}`;
    this.#pending.push(() => this.exceptions.has(name) || this.exceptions.set(name, exception));
  }

  remember(memory: Memory): void {
    const name = `${memory.nodeId} ${memory.recordKey}`;
    this.#freshMemories.set(name, memory);
    this.#pending.push(() => this.store.memories.has(name) || this.store.memories.set(name, memory));
  }

  turnPage(page: PageState): void {
    const marks = this.#takeMarks();
    this.#pending.push(() => {
      this.#apply(marks);
      this.turns.push(page);
    });
  }

  checkpoint(name: string, value: Json): void {
    this.#marks.set(name, value);
  }

  async sync(): Promise<void> {
    this.flush();
  }

  /** What `sync` does. */
  flush(): void {
    const pending = this.#pending;
    this.#pending = [];
    for (const write of pending) write();
    this.#freshMemories.clear();
  }

  /** The end of an attempt: all of it becomes durable; marks only when the run has ended. */
  end(outcome: { retry: object | null }): void {
    this.flush();
    const marks = this.#takeMarks();
    if (!outcome.retry) this.#apply(marks);
  }

  /** Forgets what was not synced. */
  crash(): void {
    this.#pending = [];
    this.#freshMemories.clear();
    this.#marks = new Map();
  }

  #takeMarks(): Map<string, Json> {
    const marks = this.#marks;
    this.#marks = new Map();
    return marks;
  }

  #apply(marks: ReadonlyMap<string, Json>): void {
    for (const [name, value] of marks) this.#checkpoints.set(name, { value, version: (this.#checkpoints.get(name)?.version ?? 0) + 1 });
  }
}
