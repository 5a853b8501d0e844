import type { Scenario } from '../lib/scenario.ts';
import { kills } from './r01-kills.ts';

/** Every scenario, in the order of the table of promises. */
export const SCENARIOS: readonly Scenario[] = [kills];
