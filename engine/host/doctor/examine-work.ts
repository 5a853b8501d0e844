import type { Sql } from '../database.ts';
import { ageDetail } from './examine-database.ts';
import { ok, span, unless, type Finding } from './finding.ts';

/** The work: what waits, what is stuck, which outside systems are down. */
export async function examineWork(sql: Sql): Promise<Finding[]> {
  const [waiting] = await sql<{ count: number; ready: number; oldest: number | null }[]>`
    select count(*)::int, count(*) filter (where due_at <= now() and waiting_code is null)::int as ready,
      extract(epoch from now() - min(received_at) filter (where waiting_code is null))::float8 as oldest
    from (select due_at, received_at, waiting_code from lane_entry order by flow_id, lane, seq limit 200000) e`;
  const [stuck] = await sql<{ count: number; oldest: number | null }[]>`
    select count(*)::int, extract(epoch from max(now() - l.lease_until))::float8 as oldest from lane l
    where l.lease_until < now() - interval '30 seconds'
      and exists (select from lane_entry e where e.flow_id = l.flow_id and e.lane = l.number and e.due_at <= now())`;
  const [silent] = await sql<{ count: number; oldest: number | null }[]>`
    select count(*)::int, extract(epoch from max(now() - e.due_at))::float8 as oldest from lane l
    cross join lateral (select due_at from lane_entry e where e.flow_id = l.flow_id and e.lane = l.number and e.due_at <= now() order by e.seq limit 1) e
    where l.lease_until is null and e.due_at < now() - interval '30 seconds'`;
  const workers = await sql<{ count: number }[]>`select count(*)::int from engine_worker where until > now()`;
  const down = await sql<{ name: string; state: string; reason: string | null; since: number }[]>`
    select c.name, h.state, h.reason_code as reason, extract(epoch from now() - coalesce(h.opened_at, h.updated_at))::float8 as since
    from connection_health h join connection c on c.id = h.connection_id where h.state <> 'ok' order by since desc limit 5`;
  const [held] = await sql<{ count: number }[]>`select count(*)::int from live_version where held`;
  const [failed] = await sql<{ count: number; oldest: number | null }[]>`
    select count(*)::int, extract(epoch from now() - min(opened_at))::float8 as oldest from exception where state = 'open'`;
  const noWorker = (workers[0]?.count ?? 0) === 0;
  return [
    unless(!noWorker || (waiting?.ready ?? 0) === 0, 'workers', {
      state: 'fail', detail: noWorker ? 'none at work' : `${workers[0]?.count ?? 0} at work`, todo: 'Start an engine process with the role worker.',
    }),
    unless((waiting?.oldest ?? 0) < 300 || (waiting?.ready ?? 0) === 0, 'waiting events', {
      state: 'warn', detail: waiting && waiting.count > 0 ? `${waiting.count}, ${waiting.ready} ready; the oldest ready came ${span(waiting.oldest ?? 0)} ago` : 'none',
      todo: 'Start more workers, or look at the slowest connection: GET /metrics, weft_call_seconds.',
    }),
    unless((stuck?.count ?? 0) === 0, 'stuck lanes', {
      state: 'warn', detail: ageDetail(stuck?.count ?? 0, stuck?.oldest ?? null), todo: 'Their worker is gone and no other took them: start an engine process with the role worker.',
    }),
    unless((silent?.count ?? 0) === 0, 'lost bells', {
      state: 'warn', detail: ageDetail(silent?.count ?? 0, silent?.oldest ?? null), todo: 'A worker rings lost lanes again every four seconds: is one running?',
    }),
    unless(down.length === 0, 'connections', {
      state: 'warn', detail: down.length === 0 ? 'no breaker open, none paused' : down.map((one) => `${one.name} ${one.state}${one.reason ? ` (${one.reason})` : ''} for ${span(one.since)}`).join('; '),
      todo: 'Look at the connection in the studio; a paused one waits for a person to resume it.',
    }),
    unless((held?.count ?? 0) === 0, 'held flows', { state: 'warn', detail: String(held?.count ?? 0), todo: 'They take events in and run none until somebody resumes them in the studio.' }),
    ok('open exceptions', ageDetail(failed?.count ?? 0, failed?.oldest ?? null)),
    await queues(sql),
    await schedules(sql),
  ];
}

async function queues(sql: Sql): Promise<Finding> {
  const rows = await sql<{ name: string; waiting: number; failed: number; oldest: number | null }[]>`
    select name, count(*) filter (where state < 'active' and start_after <= now())::int as waiting, count(*) filter (where state = 'failed')::int as failed,
      extract(epoch from now() - min(start_after) filter (where state < 'active' and start_after <= now()))::float8 as oldest
    from pgboss.job group by name order by name`;
  const late = rows.filter((row) => (row.oldest ?? 0) > 120);
  const detail = rows.length === 0 ? 'empty' : rows.map((row) => `${row.name} ${row.waiting}${row.failed > 0 ? ` (${row.failed} failed)` : ''}`).join(', ');
  return unless(late.length === 0, 'job queues', {
    state: 'warn', detail: late.length === 0 ? detail : `${detail}; ${late.map((row) => `${row.name} waits ${span(row.oldest ?? 0)}`).join(', ')}`, todo: 'Start an engine process with the role worker.',
  });
}

async function schedules(sql: Sql): Promise<Finding> {
  const [row] = await sql<{ count: number; late: number; oldest: number | null }[]>`
    select count(*)::int, count(*) filter (where due_at < now() - interval '1 minute')::int as late,
      extract(epoch from now() - min(due_at))::float8 as oldest from schedule_state`;
  return unless((row?.late ?? 0) === 0, 'schedules', {
    state: 'fail', detail: (row?.late ?? 0) === 0 ? `${row?.count ?? 0}, none late` : `${row?.late ?? 0} late, the oldest by ${span(row?.oldest ?? 0)}`,
    todo: 'Start an engine process with the role scheduler.',
  });
}
