/** What travels between the pool and its child processes: JSON text both ways, nothing else. */
import type { EvaluateRequest, EvaluateResult } from '#engine/nodes/step.ts';

/** Bounds that belong to the installation, not to one script. */
export interface SandboxLimits {
  /** Characters of JSON a script may hand back per evaluation. */
  outputChars: number;
  /** Lines of console output kept per evaluation; further lines are dropped and counted. */
  logLines: number;
  /** Characters kept of one line. */
  logLineChars: number;
  /** Compiled scripts a child keeps warm for the tenant it serves. */
  warmScripts: number;
}

export const defaultLimits: SandboxLimits = { outputChars: 8_000_000, logLines: 100, logLineChars: 2_000, warmScripts: 16 };

export type CheckResult = { ok: true } | Extract<EvaluateResult, { ok: false }>;

export type ChildRequest =
  | { id: number; task: 'evaluate'; tenant: string; request: EvaluateRequest; limits: SandboxLimits }
  | { id: number; task: 'check'; script: string };

export type ChildMessage =
  | { type: 'ready' }
  | { type: 'unavailable'; message: string }
  /** `last`: the child ends itself after this answer, send it nothing more. */
  | { type: 'result'; id: number; result: EvaluateResult | CheckResult; last: boolean };
