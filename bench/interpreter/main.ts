import { webhookRun } from './webhook-run.ts';

for (let round = 1; round <= 3; round += 1) {
  const { microseconds } = await webhookRun();
  console.log(`webhook → map → call: ${microseconds.toFixed(1)} µs of processor a run in the interpreter`);
}
