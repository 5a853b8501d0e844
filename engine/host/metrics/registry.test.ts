import { expect, test } from 'vitest';
import { Registry } from './registry.ts';

test('renders the text format', async () => {
  const registry = new Registry();
  const events = registry.counter('events_total', 'Events', 'outcome');
  events.of('accepted').n += 2;
  events.of('odd "label"\n\\').n += 1;
  registry.gauge('depth', 'Depth', () => Promise.resolve([[{ priority: 'orders' }, 7]]));
  registry.gauge('broken', 'Broken', () => Promise.reject(new Error('away')));
  const time = registry.histogram('time_seconds', 'Time', [0.1, 1]);
  for (const seconds of [0.05, 0.1, 0.5, 3]) time.observe(seconds);
  expect(await registry.render()).toBe(`# HELP events_total Events
# TYPE events_total counter
events_total{outcome="accepted"} 2
events_total{outcome="odd \\"label\\"\\n\\\\"} 1
# HELP depth Depth
# TYPE depth gauge
depth{priority="orders"} 7
# HELP broken Broken (could not be read)
# HELP time_seconds Time
# TYPE time_seconds histogram
time_seconds_bucket{le="0.1"} 2
time_seconds_bucket{le="1"} 3
time_seconds_bucket{le="+Inf"} 4
time_seconds_sum 3.65
time_seconds_count 4
`);
});
