import type { Problem } from '../flow/problem.ts';
import { errorIn } from './checks.ts';
import type { NodeCheckScope } from './node-kind.ts';

/** The longest a record may stay in a step: beyond it a run would outlive what it was accepted for. */
export const LONGEST_WAIT_MS = 30 * 24 * 3_600_000;

interface Bounds {
  field: string;
  value: number;
  min: number;
  /** In the same unit as the value. */
  max: number;
}

/** A length of time that must be in its bounds. */
export function checkDuration(scope: NodeCheckScope, { field, value, min, max }: Bounds): Problem[] {
  return value >= min && value <= max ? [] : [errorIn(scope, 'duration_range', { field, params: { min, max } })];
}

/** The largest unit in which a number of seconds is a whole number: for the line on a node's card. */
export function readableDuration(seconds: number): { key: 'seconds' | 'minutes' | 'hours' | 'days'; count: number } {
  if (seconds >= 86_400 && seconds % 86_400 === 0) return { key: 'days', count: seconds / 86_400 };
  if (seconds >= 3_600 && seconds % 3_600 === 0) return { key: 'hours', count: seconds / 3_600 };
  if (seconds >= 60 && seconds % 60 === 0) return { key: 'minutes', count: seconds / 60 };
  return { key: 'seconds', count: seconds };
}
