import { usageOf } from '../../lib/proc.ts';
import { Misses, type Scenario } from '../lib/scenario.ts';

const PER_SECOND = 60;
const GROWTH = 0.05;

/** R22: hours in the long form; here, minutes. */
export const soak: Scenario = {
  id: 'R22',
  title: 'soak (short form): steady load, now and then a fault',
  wanted: 'resident memory growth < 5 %, p99 flat',
  async run(context) {
    const lastSeconds = context.size({ short: 15, usual: 150, long: 3_600 });
    const stage = await context.stage();
    const target = await stage.flow();
    const engine = await stage.fleet.start();
    stage.ingress = [engine.port];
    const events = Array.from({ length: lastSeconds * PER_SECOND }, (_, at) => stage.event(target, `e${at}`));
    const memory: number[] = [];
    const sampler = setInterval(() => memory.push(usageOf([engine.pid]).residentMb), 500);
    context.after(() => clearInterval(sampler));
    const faults = setInterval(() => {
      const program = context.random.pick([{}, { errors: 0.1 }, { resets: 0.05 }, { delayMs: 30 }]);
      void stage.far.behave(program);
    }, 4_000);
    context.after(() => clearInterval(faults));
    await stage.senders.sendAtRate(events, PER_SECOND);
    clearInterval(faults);
    await stage.far.behave({});
    const drained = await stage.drained(60_000);
    clearInterval(sampler);
    const found = await stage.check();
    const third = Math.floor(memory.length / 3);
    const early = median(memory.slice(third, third * 2));
    const late = median(memory.slice(third * 2));
    const ms = stage.senders.tries.map((one) => one.ms);
    const [p99Early, p99Late] = [quantile(ms.slice(Math.floor(ms.length / 3), Math.floor((ms.length * 2) / 3)), 0.99), quantile(ms.slice(Math.floor((ms.length * 2) / 3)), 0.99)];
    const growth = late / early - 1;
    const misses = new Misses();
    misses.expect(context.short || growth < GROWTH, `memory grew by ${Math.round(growth * 1000) / 10} % from the second third to the last`);
    misses.expect(drained !== null, 'not drained');
    misses.add(found.problems);
    return {
      figures: {
        seconds: lastSeconds, 'events/s': PER_SECOND, 'resident MB, middle third': Math.round(early), 'last third': Math.round(late), 'growth (%)': Math.round(growth * 1000) / 10,
        'answer p99 middle third (ms)': Math.round(p99Early), 'p99 last third (ms)': Math.round(p99Late), lost: found.lost,
      },
      misses: misses.list,
    };
  },
};

function median(list: number[]): number {
  return quantile(list, 0.5);
}

function quantile(list: number[], share: number): number {
  const sorted = list.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}
