-- weft_accept: takes a batch of events, in one round trip and in the caller's transaction.
--
-- 1. dedupe by (flow, delivery id)   2. lane head rows: inserted on first use, else moved on by the number of events
-- 3. inbox and lane_entry            4. answer per event
--
-- All of it is one statement (data-modifying CTEs), because every further statement cost about as much as ten rows.
-- Deadlock-free between any number of callers: keys are taken before lanes (the lanes are computed from the keys taken), each
-- in the order of its primary key. Call it once per transaction, or keep that order yourself.
-- seq = commit order: the head row stays locked (FOR NO KEY UPDATE, the lock an ON CONFLICT update takes) until the caller commits, so
-- a later seq can not become visible before an earlier one. FOR KEY SHARE of journal writers does not conflict with it.
-- Fifty callers with the same delivery id: one inserts the key, the others wait for its commit in ON CONFLICT DO NOTHING and
-- then read whose event it was in a second statement, whose snapshot is new (read committed; do not call it in repeatable read).
--
-- Measured on the embedded server (fsync on, bodies of 2 KB, 2 cores that the client shares), events a second: batches of 1 by one
-- caller 700, by eight 1,000; of 16 3,700; of 64 5,700, by two callers 7,200; of 256 6,100. Arrays and not jsonb: handing over 64 events
-- as arrays took 90 µs an event, as jsonb 97 to 127, and a body inside JSON is escaped twice.
--
-- Answer: one row per event, in any order, `index` counted from 1. A duplicate carries the event_id and received_at of the
-- original and no lane. `ring` is true on one event of each lane that nobody has rung for: the caller must ring those.
CREATE OR REPLACE FUNCTION weft_accept(
  p_event_ids uuid[], p_partner_ids uuid[], p_retailer_ids uuid[], p_flow_ids uuid[], p_environments text[], p_endpoint_keys text[],
  p_node_ids text[], p_triggers text[], p_lanes integer[], p_ordering_keys text[], p_delivery_ids text[], p_headers text[],
  p_bodies text[], p_content_types text[], p_tests boolean[]
) RETURNS TABLE (index integer, event_id uuid, outcome text, lane integer, seq bigint, ring boolean, received_at timestamptz)
LANGUAGE plpgsql
-- Left to itself Postgres plans this anew for small batches: 0.8 ms of planning beside 0.5 ms of work.
SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  -- The database's clock, so that the order in the inbox does not depend on the caller's; milliseconds, see drizzle/schema/columns.ts.
  v_now timestamptz(3) := date_trunc('milliseconds', clock_timestamp());
  v_accepted integer;
BEGIN
  RETURN QUERY
  WITH event AS (
    SELECT u.* FROM unnest(p_event_ids, p_partner_ids, p_retailer_ids, p_flow_ids, p_lanes, p_ordering_keys, p_delivery_ids)
      WITH ORDINALITY AS u (id, partner_id, retailer_id, flow_id, lane, ordering_key, delivery_id, index)
  ), taken AS (
    INSERT INTO inbox_key AS k (flow_id, delivery_id, partner_id, retailer_id, event_id, received_at)
    SELECT e.flow_id, e.delivery_id, e.partner_id, e.retailer_id, e.id, v_now FROM event e
    WHERE e.delivery_id IS NOT NULL ORDER BY e.flow_id, e.delivery_id, e.index
    ON CONFLICT DO NOTHING RETURNING k.event_id
  ), fresh AS (
    SELECT e.*, row_number() OVER (PARTITION BY e.flow_id, e.lane ORDER BY e.index) AS place
    FROM event e WHERE e.delivery_id IS NULL OR e.id IN (SELECT t.event_id FROM taken t)
  ), head AS (
    INSERT INTO lane AS l (flow_id, number, partner_id, retailer_id, next_seq, rung, rung_at, rung_seq)
    SELECT f.flow_id, f.lane, (array_agg(f.partner_id))[1], (array_agg(f.retailer_id))[1], 1 + count(*), true, v_now, 1
    FROM fresh f GROUP BY f.flow_id, f.lane ORDER BY f.flow_id, f.lane
    ON CONFLICT (flow_id, number) DO UPDATE SET
      next_seq = l.next_seq + excluded.next_seq - 1,
      rung = true,
      rung_at = CASE WHEN l.rung THEN l.rung_at ELSE excluded.rung_at END,
      rung_seq = CASE WHEN l.rung THEN l.rung_seq ELSE l.next_seq END
    RETURNING l.flow_id, l.number, l.next_seq, l.rung_seq
  ), counted AS (
    SELECT f.flow_id, f.lane, count(*) AS events FROM fresh f GROUP BY f.flow_id, f.lane
  ), placed AS (
    SELECT f.*, h.next_seq - c.events + f.place - 1 AS seq, h.rung_seq
    FROM fresh f JOIN counted c USING (flow_id, lane) JOIN head h ON h.flow_id = f.flow_id AND h.number = f.lane
  ), entered AS (
    INSERT INTO lane_entry (flow_id, lane, seq, partner_id, retailer_id, event_id, received_at, ordering_key, attempt, due_at)
    SELECT p.flow_id, p.lane, p.seq, p.partner_id, p.retailer_id, p.id, v_now, p.ordering_key, 1, v_now FROM placed p
  ), stored AS (
    INSERT INTO inbox (received_at, id, partner_id, retailer_id, flow_id, environment, endpoint_key, node_id, trigger, lane, seq,
      ordering_key, delivery_id, headers, body, content_type, test)
    SELECT v_now, p.id, p.partner_id, p.retailer_id, p.flow_id, p_environments[p.index], p_endpoint_keys[p.index], p_node_ids[p.index],
      p_triggers[p.index], p.lane, p.seq, p.ordering_key, p.delivery_id, p_headers[p.index], p_bodies[p.index],
      p_content_types[p.index], p_tests[p.index]
    FROM placed p
  )
  -- The lane was not rung exactly when rung_seq is the first seq given out here.
  SELECT p.index::integer, p.id, 'accepted', p.lane, p.seq, p.seq = p.rung_seq, v_now FROM placed p;

  GET DIAGNOSTICS v_accepted = ROW_COUNT;
  IF v_accepted < cardinality(p_event_ids) THEN
    RETURN QUERY
    SELECT e.index::integer, k.event_id, 'duplicate', NULL::integer, NULL::bigint, false, k.received_at::timestamptz
    FROM unnest(p_event_ids, p_flow_ids, p_delivery_ids) WITH ORDINALITY AS e (id, flow_id, delivery_id, index)
    JOIN inbox_key k ON k.flow_id = e.flow_id AND k.delivery_id = e.delivery_id
    -- Not by comparing event ids: a caller that repeats a batch after an unknown outcome repeats its ids too.
    WHERE NOT EXISTS (SELECT FROM inbox i WHERE i.received_at = v_now AND i.id = e.id AND k.received_at = v_now);
  END IF;
END $$;

-- Puts the event of a failed run back into its lane, at the end, for one more attempt of the same run. Answers no row when the
-- run does not exist (or is not the caller's to see) or is not failed, so that two clicks make one attempt. The caller rings if `ring`.
-- Nor for a run of pages that has ended: its pages would be read anew, and the same record key could name another record. It is
-- repeated by a new event instead.
CREATE OR REPLACE FUNCTION weft_reenqueue(p_run_id uuid)
RETURNS TABLE (flow_id uuid, retailer_id uuid, lane integer, seq bigint, attempt integer, ring boolean)
LANGUAGE sql AS $$
  WITH again AS (
    UPDATE run r SET state = 'waiting', next_attempt_at = now(), updated_at = now()
    WHERE r.id = p_run_id AND r.state = 'failed' AND r.pages = 0
    RETURNING r.id, r.partner_id, r.retailer_id, r.flow_id, r.event_id, r.event_received_at, r.attempt + 1 AS attempt
  ), event AS (
    SELECT a.*, i.lane, i.ordering_key
    FROM again a JOIN inbox i ON i.received_at = a.event_received_at AND i.id = a.event_id
  ), head AS (
    INSERT INTO lane AS l (flow_id, number, partner_id, retailer_id, next_seq, rung, rung_at, rung_seq)
    SELECT e.flow_id, e.lane, e.partner_id, e.retailer_id, 2, true, now(), 1 FROM event e
    ON CONFLICT (flow_id, number) DO UPDATE SET
      next_seq = l.next_seq + 1,
      rung = true,
      rung_at = CASE WHEN l.rung THEN l.rung_at ELSE excluded.rung_at END,
      rung_seq = CASE WHEN l.rung THEN l.rung_seq ELSE l.next_seq END
    RETURNING l.next_seq - 1 AS seq, l.rung_seq
  ), entered AS (
    INSERT INTO lane_entry (flow_id, lane, seq, partner_id, retailer_id, event_id, received_at, run_id, ordering_key, attempt, due_at)
    SELECT e.flow_id, e.lane, h.seq, e.partner_id, e.retailer_id, e.event_id, e.event_received_at, e.id, e.ordering_key, e.attempt, now()
    FROM event e CROSS JOIN head h
  ), edited AS (
    -- Records that a person corrected: the run finds them as its memory (`edit:` and the node) when it comes to that node.
    INSERT INTO run_memo AS m (run_id, node_id, record_key, partner_id, retailer_id, value)
    SELECT x.run_id, 'edit:' || x.node_id, x.record_key, x.partner_id, x.retailer_id, x.data
    FROM again a JOIN exception x ON x.run_id = a.id WHERE x.edited
    ON CONFLICT (run_id, node_id, record_key) DO UPDATE SET value = excluded.value
  )
  SELECT e.flow_id, e.retailer_id, e.lane, h.seq, e.attempt, h.seq = h.rung_seq FROM event e CROSS JOIN head h
$$;
