import { parseJson } from '../flow/json.ts';
import type { Problem } from '../flow/problem.ts';
import { warningIn } from './checks.ts';
import type { NodeCheckScope } from './node-kind.ts';

/** A pinned sample is for the eye only, so a broken one is a warning. */
export function checkSample(scope: NodeCheckScope, sampleBody: string | undefined): Problem[] {
  if (sampleBody === undefined || sampleBody.trim() === '') return [];
  try {
    parseJson(sampleBody);
    return [];
  } catch {
    return [warningIn(scope, 'sample_invalid', { field: 'sampleBody' })];
  }
}
