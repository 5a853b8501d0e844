import type { StatePort } from '#engine/nodes/step.ts';
import { pgTexts } from '../pg-array.ts';
import { indexKey } from './index-key.ts';
import type { Asking } from './state-run.ts';

type Request = Parameters<StatePort['claim']>[0];

interface Row {
  key: string;
  holder: string;
  former: string[];
}

/**
 * Dedupe: true for the record that holds its key. A holder whose window is over is replaced by the next record that asks, but
 * keeps the answer it was given (`former`): its run may be taken up again at any time.
 */
export async function claim({ run, nodeId, sql }: Asking, { windowMs, entries }: Request): Promise<boolean[]> {
  if (entries.length === 0) return [];
  const asked = entries.map((entry) => ({ key: indexKey(entry.key), holder: `${run.eventId}/${entry.recordKey}` }));
  // One statement can touch a row once only; of several records with one key the first one stands for it.
  const first = new Map<string, string>();
  for (const { key, holder } of asked) if (!first.has(key)) first.set(key, holder);
  const taken = await sql<Row[]>`
    insert into dedupe_key as d (flow_id, environment, node_id, key, partner_id, retailer_id, holder, claimed_at, expires_at)
    select ${run.flowId}::uuid, ${run.environment}, ${nodeId}, k.key, ${run.partnerId}::uuid, ${run.retailerId}::uuid, k.holder, now(),
      now() + make_interval(secs => ${windowMs / 1000})
    from unnest(${pgTexts([...first.keys()])}::text[], ${pgTexts([...first.values()])}::text[]) as k (key, holder) order by k.key
    on conflict (flow_id, environment, node_id, key) do update set
      holder = excluded.holder, former = (array[d.holder] || d.former)[1:8], claimed_at = excluded.claimed_at, expires_at = excluded.expires_at
      where d.claimed_at + make_interval(secs => ${windowMs / 1000}) <= now() and d.holder <> excluded.holder and not excluded.holder = any(d.former)
    returning key, holder, to_jsonb(former) as former`;
  const holders = new Map(taken.map((row) => [row.key, row]));
  const others = [...first.keys()].filter((key) => !holders.has(key));
  if (others.length > 0) {
    const held = await sql<Row[]>`
      select key, holder, to_jsonb(former) as former from dedupe_key
      where flow_id = ${run.flowId} and environment = ${run.environment} and node_id = ${nodeId} and key = any(${pgTexts(others)}::text[])`;
    for (const row of held) holders.set(row.key, row);
  }
  return asked.map(({ key, holder }) => {
    const row = holders.get(key);
    return row !== undefined && (row.holder === holder || row.former.includes(holder));
  });
}
