import type { Scenario } from '../lib/scenario.ts';
import { kills } from './r01-kills.ts';
import { takeover } from './r02-takeover.ts';
import { crashPoints } from './r03-crash-points.ts';
import { zombie } from './r04-zombie.ts';
import { answerLost } from './r05-answer-lost.ts';
import { databaseAway } from './r07-database-away.ts';
import { postmaster } from './r08-postmaster.ts';
import { orphan } from './r09-orphan.ts';
import { order } from './r10-order.ts';
import { fairShare } from './r12-fairness.ts';
import { vendorFaults } from './r13-vendor-faults.ts';
import { vendorAway } from './r14-outage.ts';
import { poison } from './r15-poison.ts';
import { rolling } from './r16-rolling.ts';
import { cron } from './r18-cron.ts';
import { badNetwork } from './r20-bad-network.ts';
import { diskFull } from './r21-disk-full.ts';
import { soak } from './r22-soak.ts';
import { burst } from './r25-burst.ts';
import { simulation } from './r26-simulation.ts';
import { idle } from './r27-idle.ts';

/** Every scenario, in the order of the table of promises. */
export const SCENARIOS: readonly Scenario[] = [
  kills, takeover, crashPoints, zombie, answerLost, databaseAway, postmaster, orphan, order, fairShare, vendorFaults, vendorAway, poison, rolling, cron, badNetwork, diskFull, soak, burst, simulation, idle,
];
