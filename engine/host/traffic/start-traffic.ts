import type { Flows } from '../config/flows.ts';
import type { Sql } from '../database.ts';
import type { LaneManager } from '../lanes/lane-manager.ts';
import type { Log } from '../log.ts';
import { createRunGate, type RunGate } from './run-gate.ts';
import { createShares } from './shares.ts';
import { createTokens } from './tokens.ts';
import { createTraffic, type Traffic } from './traffic.ts';

export interface StartedTraffic {
  /** Whether a call may go out. */
  traffic: Traffic;
  /** Whether an event may be started. */
  gate: RunGate;
  /** Who starts events, and hears when there is room for more; null: nobody in this process. */
  serve(manager: LaneManager | null): void;
  stop(): Promise<void>;
}

/** Puts the two gates of this process together over one set of permits and tokens. */
export function startTraffic(options: { sql: Sql; log: Log; owner: string; flows: Flows }): StartedTraffic {
  const { sql, log, owner, flows } = options;
  let manager: LaneManager | null = null;
  const more = (): void => {
    traffic.serve();
    manager?.more();
  };
  const shares = createShares({ sql, log, owner, more });
  const tokens = createTokens({ sql, log, owner, more });
  const traffic = createTraffic({
    sql, log, owner, shares, tokens,
    resumed: (connectionId) => manager?.connectionResumed(connectionId),
    probeMoved: (connectionId, inMs) => manager?.probeMoved(connectionId, inMs),
  });
  const gate = createRunGate({ sql, log, flows, shares, tokens, more });
  return {
    traffic,
    gate,
    serve: (one) => void (manager = one),
    async stop() {
      gate.stop();
      await traffic.stop();
      await tokens.stop();
      await shares.stop();
    },
  };
}
