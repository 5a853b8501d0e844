export interface Asking {
  /** Somebody was turned away: looks as soon as what runs now is done, and not at the next tick only. */
  hurry(): void;
  /** Resolves when nothing is asked any more. */
  stop(): Promise<void>;
}

export interface AskingOptions<Due> {
  everyMs: number;
  /** What it is time to ask for; looked at often, so it must cost nothing. */
  due(now: number): Due[];
  ask(due: readonly Due[]): Promise<void>;
  failed(error: unknown): void;
}

/** Asks Postgres for what it lends: by the clock, sooner when told to hurry, and never twice at a time. */
export function startAsking<Due>({ everyMs, due, ask, failed }: AskingOptions<Due>): Asking {
  let asking: Promise<void> | null = null;
  let soon = false;
  let stopped = false;
  const timer = setInterval(look, everyMs);

  function look(): void {
    if (asking) return;
    const now = due(performance.now());
    if (now.length === 0) return;
    asking = ask(now)
      .catch(failed)
      .finally(() => (asking = null));
  }

  return {
    hurry() {
      if (soon || stopped) return;
      soon = true;
      setImmediate(() => {
        soon = false;
        look();
      });
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await asking;
    },
  };
}
