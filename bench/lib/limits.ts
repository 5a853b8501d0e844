import type { Sql } from '#drizzle/client.ts';
import { load, round } from './load.ts';
import { bodies, makeOrder, mapOrder } from './order.ts';
import type { Sink } from './start-sink.ts';

/** Parse + map + stringify of the order in plain JavaScript, per second on one core: the best of five rounds. */
export function javascriptLimit(): number {
  const source = JSON.stringify(makeOrder());
  const once = (): number => JSON.stringify(mapOrder(JSON.parse(source))).length;
  const ROUND = 20_000;
  let best = 0;
  for (let round_ = 0; round_ < 5; round_ += 1) {
    const begun = performance.now();
    let length = 0;
    for (let count = 0; count < ROUND; count += 1) length += once();
    if (length === 0) throw new Error('Nothing was mapped.');
    best = Math.max(best, (ROUND / (performance.now() - begun)) * 1000);
  }
  return Math.round(best);
}

const COMMIT_MS = 2_000;

/** Orders the sink takes per second over HTTP with nothing in between. */
export async function httpLimit(sink: Sink): Promise<number> {
  await sink.reset();
  const result = await load({ url: `${sink.url}/orders`, count: 20_000, concurrency: 32, body: bodies('LIMIT') });
  await sink.reset();
  return Math.round(result.perSecond);
}

/** Durable commits of one small row per second, by so many clients at once. */
export async function commitLimit(sql: Sql, clients: number): Promise<number> {
  await sql`CREATE TABLE IF NOT EXISTS bench_commit (n int)`;
  let commits = 0;
  const begun = performance.now();
  const until = begun + COMMIT_MS;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < until) {
        await sql`INSERT INTO bench_commit VALUES (1)`;
        commits += 1;
      }
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  await sql`DROP TABLE bench_commit`;
  return round(commits / seconds);
}
