-- weft_rerun: the event of a run once more, as a new event and a new run of its own: every effect gets a new key, so every write is
-- made again. The new run is there at once, waiting, and is pinned to the version that is named; the engine finds it by the entry.
-- Lane and ordering key are the caller's, read from the body by the settings of that version; `p_body` null takes the original's.
-- Answers no row when the run, its event or the version is not there (any more). The caller rings if `ring`.
CREATE OR REPLACE FUNCTION weft_rerun(
  p_run_id uuid, p_version_id uuid, p_lane integer, p_ordering_key text, p_event_id uuid, p_new_run_id uuid, p_body text, p_replay_id uuid
) RETURNS TABLE (flow_id uuid, retailer_id uuid, lane integer, ring boolean)
LANGUAGE sql AS $$
  WITH moment AS MATERIALIZED (
    SELECT date_trunc('milliseconds', clock_timestamp())::timestamptz(3) AS now
  ), origin AS (
    SELECT r.id, r.partner_id, r.retailer_id, r.flow_id, r.node_id, r.trigger, r.business_keys, i.environment, i.endpoint_key, i.headers,
      i.body, i.content_type, v.id AS version_id, v.number AS version_number, m.now
    FROM run r CROSS JOIN moment m
    JOIN inbox i ON i.received_at = r.event_received_at AND i.id = r.event_id
    JOIN flow_version v ON v.id = p_version_id AND v.flow_id = r.flow_id
    WHERE r.id = p_run_id AND r.state IN ('succeeded', 'failed')
  ), head AS (
    INSERT INTO lane AS l (flow_id, number, partner_id, retailer_id, next_seq, rung, rung_at, rung_seq)
    SELECT o.flow_id, p_lane, o.partner_id, o.retailer_id, 2, true, o.now, 1 FROM origin o
    ON CONFLICT (flow_id, number) DO UPDATE SET
      next_seq = l.next_seq + 1,
      rung = true,
      rung_at = CASE WHEN l.rung THEN l.rung_at ELSE excluded.rung_at END,
      rung_seq = CASE WHEN l.rung THEN l.rung_seq ELSE l.next_seq END
    RETURNING l.next_seq - 1 AS seq, l.rung_seq
  ), stored AS (
    INSERT INTO inbox (received_at, id, partner_id, retailer_id, flow_id, environment, endpoint_key, node_id, trigger, lane, seq,
      ordering_key, delivery_id, headers, body, content_type, test)
    SELECT o.now, p_event_id, o.partner_id, o.retailer_id, o.flow_id, o.environment, o.endpoint_key, o.node_id, o.trigger, p_lane, h.seq,
      p_ordering_key, NULL, o.headers, coalesce(p_body, o.body), o.content_type, false
    FROM origin o CROSS JOIN head h
  ), begun AS (
    INSERT INTO run (id, partner_id, retailer_id, flow_id, version_id, version_number, event_id, event_received_at, node_id, trigger, state,
      attempt, started_at, records_in, business_keys, next_attempt_at, origin_run_id, replay_id)
    SELECT p_new_run_id, o.partner_id, o.retailer_id, o.flow_id, o.version_id, o.version_number, p_event_id, o.now, o.node_id, o.trigger,
      'waiting', 1, o.now, 1, o.business_keys, o.now, o.id, p_replay_id
    FROM origin o
  ), entered AS (
    INSERT INTO lane_entry (flow_id, lane, seq, partner_id, retailer_id, event_id, received_at, run_id, ordering_key, attempt, due_at)
    SELECT o.flow_id, p_lane, h.seq, o.partner_id, o.retailer_id, p_event_id, o.now, p_new_run_id, p_ordering_key, 1, o.now
    FROM origin o CROSS JOIN head h
  )
  SELECT o.flow_id, o.retailer_id, p_lane, h.seq = h.rung_seq FROM origin o CROSS JOIN head h
$$;

-- Confirmed writes of runs, from the ledger: what running them from the start would repeat. Found by key, the keys follow from the
-- recorded calls; the ledger has no index by run, for it is written with every effect and asked by people only.
CREATE OR REPLACE FUNCTION weft_confirmed_writes(p_run_ids uuid[])
RETURNS TABLE (run_id uuid, node_id text, record_key text, connection_id uuid, operation text, url text, business_keys text[], applied_at timestamptz)
LANGUAGE sql STABLE AS $$
  SELECT DISTINCT ON (e.key) e.run_id, e.node_id, e.record_key, e.connection_id, e.operation, x.url, e.business_keys, e.applied_at
  FROM exchange x JOIN run r ON r.id = x.run_id
  -- engine/run/effect-key.ts
  JOIN effect e ON e.key = left(replace(r.event_id::text, '-', ''), 12)
    || substr(encode(sha256(convert_to(r.event_id || '|' || x.node_id || '|' || x.record_key, 'UTF8')), 'hex'), 13)
  WHERE x.run_id = ANY (p_run_ids) AND x.method NOT IN ('GET', 'HEAD', 'OPTIONS') AND e.status = 'done'
    AND e.operation NOT IN ('GET', 'HEAD', 'OPTIONS')
  ORDER BY e.key, x.started_at DESC
$$;

-- The history of an exception writes itself, whoever changes the row: the engine, an attempt that went well, a person.
-- `weft.actor` is set by the web for its own transactions; without it the engine did it.
CREATE OR REPLACE FUNCTION weft_exception_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  who text := COALESCE(NULLIF(current_setting('weft.actor', true), ''), 'engine');
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO exception_event (id, partner_id, retailer_id, exception_id, at, actor, kind, detail)
    SELECT gen_random_uuid(), n.partner_id, n.retailer_id, n.id, n.opened_at, who, 'opened', '' FROM fresh n;
  ELSE
    INSERT INTO exception_event (id, partner_id, retailer_id, exception_id, actor, kind, detail)
    SELECT gen_random_uuid(), n.partner_id, n.retailer_id, n.id, who, k.kind, k.detail
    FROM fresh n JOIN stale o USING (id) CROSS JOIN LATERAL (
      SELECT CASE n.state WHEN 'open' THEN 'reopened' ELSE 'resolved' END AS kind, COALESCE(n.reason, '') AS detail WHERE n.state <> o.state
      UNION ALL
      SELECT 'assigned', COALESCE(n.assigned_to::text, '') WHERE n.assigned_to IS DISTINCT FROM o.assigned_to
      UNION ALL
      SELECT 'edited', '' WHERE n.data <> o.data
    ) k;
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER history_new AFTER INSERT ON exception REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION weft_exception_history();
CREATE OR REPLACE TRIGGER history_changed AFTER UPDATE ON exception REFERENCING OLD TABLE AS stale NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION weft_exception_history();
