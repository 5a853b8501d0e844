import { newId } from '../new-id.ts';
import { stringifyJson } from '#engine/flow/json.ts';
import type { ApprovalAnswer, StatePort } from '#engine/nodes/step.ts';
import { TRUNCATED } from '../journal/caps.ts';
import { pgTexts } from '../pg-array.ts';
import type { Asking } from './state-run.ts';

type Request = Parameters<StatePort['approval']>[0];

interface Row {
  id: string;
  state: 'open' | 'approved' | 'rejected' | 'timeout';
  timeout_at: Date;
  late: boolean;
  decided_by: string | null;
  decided_at: Date | null;
  note: string;
}

/** A decision wakes the run; should that be lost, it is found by looking again after so long. */
const LOOK_AGAIN_MS = 15 * 60_000;
const MOST_SHOWN = 256_000;

/** Opens a question, once per record of a run, and answers how it stands. @param open told the id while it is open */
export async function approval({ run, nodeId, sql }: Asking, request: Request, open: (id: string) => void): Promise<ApprovalAnswer> {
  const columns = sql`id, state, timeout_at, timeout_at <= now() as late, decided_by, decided_at, note`;
  const [found] = await sql<Row[]>`
    with made as (
      insert into approval (id, partner_id, retailer_id, flow_id, run_id, node_id, record_key, title, detail, data, business_keys, timeout_at)
      values (${newId()}, ${run.partnerId}, ${run.retailerId}, ${run.flowId}, ${run.runId}, ${nodeId}, ${request.recordKey}, ${clean(request.title, 500)},
        ${clean(request.detail, 20_000)}, ${shown(stringifyJson(request.data))}, ${pgTexts([...run.businessKeys])}::text[],
        ${new Date(request.timeoutAt).toISOString()})
      on conflict (run_id, node_id, record_key) do nothing returning ${columns}
    )
    select * from made
    union all
    select ${columns} from approval where run_id = ${run.runId} and node_id = ${nodeId} and record_key = ${request.recordKey}
    limit 1`;
  if (!found) throw new Error('An approval was neither made nor found.');
  if (found.state !== 'open' || !found.late) return answerOf(found, open);
  const [settled] = await sql<Row[]>`
    update approval set state = case when state = 'open' then 'timeout' else state end,
      decided_at = case when state = 'open' then now() else decided_at end
    where id = ${found.id} returning ${columns}`;
  return answerOf(settled ?? found, open);
}

function answerOf(row: Row, open: (id: string) => void): ApprovalAnswer {
  if (row.state === 'timeout') return { state: 'timeout' };
  if (row.state !== 'open') return { state: row.state, by: row.decided_by ?? '', note: row.note, at: (row.decided_at ?? new Date()).getTime() };
  open(row.id);
  return { state: 'open', until: Math.min(row.timeout_at.getTime(), Date.now() + LOOK_AGAIN_MS) };
}

/** The record as people see it; one that is too long for that by its size. */
function shown(text: string): string {
  return text.length <= MOST_SHOWN ? clean(text, MOST_SHOWN) : `{"${TRUNCATED}":{"size":${Buffer.byteLength(text)}}}`;
}

function clean(text: string, longest: number): string {
  return text.slice(0, longest).toWellFormed().replaceAll('\u0000', '\uFFFD');
}
