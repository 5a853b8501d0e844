interface Due {
  at: number;
  order: number;
  run(): void;
}

/** A clock that jumps from one thing that is due to the next. */
export class VirtualTime {
  /** Epoch milliseconds. Begins now: some code under test looks at the real clock as well. */
  now: number;
  #due: Due[] = [];
  #order = 0;

  constructor(start: number) {
    this.now = start;
  }

  after(ms: number, run: () => void): void {
    this.#due.push({ at: this.now + Math.max(0, ms), order: (this.#order += 1), run });
  }

  /**
   * Runs everything that is due, one thing at a time, and what comes of it, until nothing is left.
   * @returns false when the limits were reached first
   */
  async run(limits: { steps: number; until: number }): Promise<boolean> {
    for (let step = 0; step < limits.steps; step += 1) {
      // Let everything that hangs on promises come to rest.
      await new Promise((resolve) => setImmediate(resolve));
      const next = this.#take();
      if (!next) return true;
      if (next.at > limits.until) return false;
      this.now = Math.max(this.now, next.at);
      next.run();
    }
    return false;
  }

  #take(): Due | null {
    let first: Due | null = null;
    for (const due of this.#due) if (!first || due.at < first.at || (due.at === first.at && due.order < first.order)) first = due;
    if (first) this.#due.splice(this.#due.indexOf(first), 1);
    return first;
  }
}
