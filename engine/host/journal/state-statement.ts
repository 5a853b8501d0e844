import type { Lease } from '../lanes/lease.ts';
import { fencedStatement, fenceOf, fenceShape } from './fenced-statement.ts';
import { pageText } from './page-text.ts';
import type { RunWrite } from './run-write.ts';
import { bool, code, integer, tableShape, text, uuid, type Cell } from './table-writer.ts';

const tenant = [uuid('partner_id'), uuid('retailer_id')];

const shapes = {
  fence: fenceShape,
  pages: tableShape([uuid('run_id'), ...tenant, integer('page'), text('body'), text('carries'), text('state')]),
  memos: tableShape([uuid('run_id'), code('node_id'), text('record_key'), ...tenant, integer('page'), text('value')]),
  ended: tableShape([uuid('run_id'), bool('whole')]),
  checkpoints: tableShape([...tenant, uuid('flow_id'), code('environment'), text('name'), text('value'), uuid('run_id')]),
  replies: tableShape([uuid('event_id'), ...tenant, code('outcome'), integer('status'), text('code'), text('body')]),
};
type Part = keyof typeof shapes;
const { rowsOf, insert, noRows, parameters } = fencedStatement<Part>(shapes);

/**
 * What runs keep beside their journal: pages, memos, checkpoints, the answer a run ended without. A second statement in the same
 * transaction, sent only for batches in which a run keeps something, so that the many which do not pay nothing for it.
 */
export const STATE_SQL = `
WITH ${fenceOf(rowsOf('fence'))}, w_page AS (
  ${insert('pages', 'run_page', `(run_id) DO UPDATE SET page = excluded.page, body = excluded.body, carries = excluded.carries, state = excluded.state,
    turned_at = now()`)}
), w_turned AS (
  DELETE FROM run_memo m USING ${rowsOf('pages')} JOIN fence USING (ref) WHERE m.run_id = r.run_id AND m.page > 0 AND m.page < r.page
), w_memo AS (
  ${insert('memos', 'run_memo', '(run_id, node_id, record_key) DO NOTHING')}
), w_page_gone AS (
  DELETE FROM run_page p USING ${rowsOf('ended')} JOIN fence USING (ref) WHERE p.run_id = r.run_id
), w_memo_gone AS (
  DELETE FROM run_memo m USING ${rowsOf('ended')} JOIN fence USING (ref)
  WHERE m.run_id = r.run_id AND (r.whole OR m.page > 0
    OR EXISTS (SELECT FROM exception x WHERE x.run_id = m.run_id AND x.node_id = m.node_id AND x.record_key = m.record_key AND x.state = 'open'))
), w_reply AS (
  ${insert('replies', 'reply', '(event_id) DO NOTHING')}
)
SELECT weft_set_checkpoint(c.partner_id, c.retailer_id, c.flow_id, c.environment, c.name, c.value, 'engine', c.run_id)
FROM (SELECT r.* FROM ${rowsOf('checkpoints')} JOIN fence USING (ref) ORDER BY r.flow_id, r.environment, r.name) c`;

/** The statement's parameters for these writes, all of which keep something. */
export function stateParameters(writes: readonly RunWrite[]): string[] {
  const refs = new Map<Lease, number>();
  const rows = noRows();
  for (const write of writes) {
    let ref = refs.get(write.lease);
    if (ref === undefined) {
      ref = refs.size;
      refs.set(write.lease, ref);
      rows.fence.push([ref, write.lease.flowId, write.lease.lane, write.lease.epoch]);
    }
    addKept(rows, ref, write);
  }
  return parameters(rows);
}

function addKept(rows: Record<Part, Cell[][]>, ref: number, { head, kept, state }: RunWrite): void {
  if (!kept) return;
  const { runId, partnerId, retailerId, flowId, environment } = head;
  const { page, reply } = kept;
  // A person may put a failed run back: what its steps remember of records outside of pages stays (when a wait began), but for those that failed.
  if (kept.ended) rows.ended.push([ref, runId, String(state === 'succeeded')]);
  if (!kept.ended || state !== 'succeeded') {
    if (page && !kept.ended) {
      const { body, carries, state } = pageText(page);
      rows.pages.push([ref, runId, partnerId, retailerId, page.page, body, carries, state]);
    }
    for (const memo of kept.memos) if (!kept.ended || memo.page === 0) rows.memos.push([ref, runId, memo.nodeId, memo.recordKey, partnerId, retailerId, memo.page, memo.value]);
  }
  for (const [name, value] of kept.checkpoints) rows.checkpoints.push([ref, partnerId, retailerId, flowId, environment, name, value, runId]);
  if (reply) rows.replies.push([ref, head.eventId, partnerId, retailerId, reply.outcome, reply.status, reply.code, JSON.stringify(reply.message)]);
}
