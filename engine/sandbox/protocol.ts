/** What travels between the pool and its child processes: frames of text both ways, nothing else. */
import type { EvaluateRequest, EvaluateResult } from '#engine/nodes/step.ts';

/** Bounds that belong to the installation, not to one script. */
export interface SandboxLimits {
  /** Characters of JSON a script may hand back per evaluation. */
  outputChars: number;
  /** Lines of console output kept per evaluation; further lines are dropped and counted. */
  logLines: number;
  /** Characters kept of one line. */
  logLineChars: number;
  /** Compiled scripts a child keeps warm. */
  warmScripts: number;
  /** Megabytes of heap they may hold together while they rest. */
  warmHeapMb: number;
  /** Evaluations of one script that travel to a child together, and their characters. */
  batchPages: number;
  batchChars: number;
}

export const defaultLimits: SandboxLimits = {
  outputChars: 8_000_000,
  logLines: 100,
  logLineChars: 2_000,
  warmScripts: 32,
  warmHeapMb: 256,
  batchPages: 64,
  batchChars: 512_000,
};

export type Language = NonNullable<EvaluateRequest['language']>;
export type Failure = Extract<EvaluateResult, { ok: false }>;
export type CheckResult = { ok: true } | Failure;

/** Pages of one script of one tenant. */
export interface EvaluateTask {
  task: 'evaluate';
  tenant: string;
  language: Language;
  script: string;
  timeoutMs: number;
  memoryMb: number;
  /** Each page in a context of its own, with built-ins it may change: slower, and only what some scripts need. */
  own: boolean;
  limits: Pick<SandboxLimits, 'outputChars' | 'logLines' | 'logLineChars' | 'warmScripts' | 'warmHeapMb'>;
}

export interface CheckTask {
  task: 'check';
  language: Language;
  script: string;
}

/** To the child: the head; the texts of the frame are the pages' inputs. */
export type ChildRequest = { id: number } & (EvaluateTask | CheckTask);

/** From the child. */
export type ChildMessage =
  | { type: 'ready' }
  | { type: 'unavailable'; message: string }
  /** The text of the frame is the guest's answer; see `readPages`. `last`: the child ends itself after this, send it nothing more. */
  | { type: 'pages'; id: number; last: boolean }
  | { type: 'checked'; id: number }
  | { type: 'failed'; id: number; failure: Failure; last: boolean };
