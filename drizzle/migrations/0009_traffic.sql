-- Traffic: who may go, how fast, and when to stop. Permits and tokens are lent to engine processes for seconds, in blocks, so that a
-- cap holds over all of them and a process does not ask for each run.

-- Caps on work at once, over all processes; null: none. A flow's own is settings.concurrency of its document.
ALTER TABLE retailer ADD COLUMN concurrency integer CHECK (concurrency BETWEEN 1 AND 1000);
ALTER TABLE connection ADD COLUMN concurrency integer CHECK (concurrency BETWEEN 1 AND 1000),
  -- engine/flow/rate-limit.ts: { account?, limits: [{ style, … }], headers? }; null: only what the vendor's answers say.
  ADD COLUMN rate_limit jsonb,
  -- Calls a second after an outage or a pause until the backlog is gone; null: 50, doubled every five seconds.
  ADD COLUMN drain_per_second integer CHECK (drain_per_second BETWEEN 1 AND 10000);

-- A held flow takes events in and runs none of them.
--   hold:   held = true, held_reason, held_at = now()
--   resume: held = false, held_reason = NULL, held_at = NULL, resumed_at = now(), drain_per_second = a number, or NULL for at once
-- The engine hears of it by the table's trigger (NOTIFY weft_config), and clears drain_per_second when all that came before
-- resumed_at has been started.
ALTER TABLE live_version ADD COLUMN held boolean NOT NULL DEFAULT false, ADD COLUMN held_reason text, ADD COLUMN held_at timestamptz(3),
  ADD COLUMN resumed_at timestamptz(3), ADD COLUMN drain_per_second integer CHECK (drain_per_second BETWEEN 1 AND 10000);

-- How an outside system fares. No row: well.
--   ok      calls go; while `draining_since` is set, at the rate of draining
--   open    the breaker is open: one call is let through at probe_at (probe_owner has it until probe_until), the others wait
--   paused  no call goes until a person resumes: reason_code 'http_401' / 'http_403' (the sign-in is refused) or 'manual'
-- Who writes what:
--   engine: ok → open → ok, any → paused
--   people: pause  = INSERT … ON CONFLICT (connection_id) DO UPDATE SET state = 'paused', reason_code = 'manual', changed_by, updated_at = now()
--           resume = UPDATE … SET state = 'ok', reason_code = NULL, failures = 0, opened_at = NULL, probe_at = NULL, probe_owner = NULL,
--                    probe_until = NULL, draining_since = now(), changed_by, updated_at = now()
-- Every change is told by the table's trigger: NOTIFY weft_config '{"table":"connection_health","id":<connection_id>}'. The engine
-- then wakes the runs that waited for the connection, oldest first.
CREATE TABLE connection_health (
  connection_id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  state text NOT NULL DEFAULT 'ok' CHECK (state IN ('ok', 'open', 'paused')),
  -- The failure's code that opened or paused it, or 'manual'.
  reason_code text,
  -- Failures one after another when it opened, and probes that failed since.
  failures integer NOT NULL DEFAULT 0,
  opened_at timestamptz(3),
  probe_at timestamptz(3),
  probe_owner text,
  probe_until timestamptz(3),
  draining_since timestamptz(3),
  changed_by uuid,
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  FOREIGN KEY (partner_id, retailer_id, connection_id) REFERENCES connection(partner_id, retailer_id, id) ON DELETE CASCADE
);

-- What is left of an account's rate limits. Part 0 is the vendor's own "not before"; the limits themselves count from 1.
CREATE TABLE rate_budget (
  account text NOT NULL,
  part integer NOT NULL,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  -- Calls or points nobody has been lent.
  level double precision NOT NULL DEFAULT 0,
  filled_at timestamptz NOT NULL DEFAULT now(),
  -- Of a fixed window.
  window_ends timestamptz,
  blocked_until timestamptz,
  -- { owner: [tokens, until in epoch milliseconds] }; what is not given back by then counts as spent.
  leases jsonb NOT NULL DEFAULT '{}'::jsonb,
  PRIMARY KEY (account, part)
) WITH (fillfactor = 30, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0);

-- Permits of a cap that an engine process has been lent: 'flow:<id>', 'retailer:<id>', 'account:<name>'. Belongs to the installation.
CREATE TABLE permit_share (
  key text NOT NULL,
  owner text NOT NULL,
  granted integer NOT NULL,
  in_use integer NOT NULL,
  wants integer NOT NULL,
  until timestamptz NOT NULL,
  PRIMARY KEY (key, owner)
) WITH (fillfactor = 30, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0);

-- Engine processes that work, and how many lanes with a backlog each of them holds. Belongs to the installation.
CREATE TABLE engine_worker (
  owner text PRIMARY KEY,
  lanes integer NOT NULL DEFAULT 0,
  until timestamptz NOT NULL
);

-- Runs that wait for a connection are found by it when it comes back.
CREATE INDEX lane_entry_ref_idx ON lane_entry (waiting_ref) WHERE waiting_ref IS NOT NULL;

-- From here on every flow has eight lanes, whatever its concurrency, so that changing one does not move keys. Events that wait in
-- the lane of another count move over, in their order; whoever holds their old lane loses it.
SELECT set_config('weft.maintenance', 'on', true);
CREATE FUNCTION pg_temp.lane_of(p_key text) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $$
-- engine/flow/ordering.ts laneOf: FNV-1a over UTF-16 units.
DECLARE
  hash bigint := 2166136261;
  point bigint;
BEGIN
  FOR at IN 1 .. char_length(p_key) LOOP
    point := ascii(substr(p_key, at, 1));
    IF point > 65535 THEN
      hash := ((hash # (55296 + ((point - 65536) >> 10))) * 16777619) & 4294967295;
      point := 56320 + ((point - 65536) & 1023);
    END IF;
    hash := ((hash # point) * 16777619) & 4294967295;
  END LOOP;
  RETURN hash % 8;
END $$;
CREATE TEMP TABLE moving ON COMMIT DROP AS
  SELECT e.flow_id, e.lane, e.seq, t.target, row_number() OVER (PARTITION BY e.flow_id, t.target ORDER BY e.received_at, e.lane, e.seq) AS place
  FROM lane_entry e CROSS JOIN LATERAL (SELECT pg_temp.lane_of(e.ordering_key) AS target) t
  WHERE e.ordering_key IS NOT NULL AND t.target <> e.lane;
UPDATE lane l SET lease_epoch = lease_epoch + 1, lease_owner = NULL, lease_until = NULL, rung = false
  WHERE EXISTS (SELECT FROM moving m WHERE m.flow_id = l.flow_id AND m.lane = l.number);
INSERT INTO lane (flow_id, number, partner_id, retailer_id)
  SELECT DISTINCT m.flow_id, m.target, l.partner_id, l.retailer_id FROM moving m JOIN lane l ON l.flow_id = m.flow_id AND l.number = m.lane
  ON CONFLICT DO NOTHING;
UPDATE lane_entry e SET lane = m.target, seq = l.next_seq + m.place - 1
  FROM moving m JOIN lane l ON l.flow_id = m.flow_id AND l.number = m.target
  WHERE e.flow_id = m.flow_id AND e.lane = m.lane AND e.seq = m.seq;
UPDATE lane l SET next_seq = l.next_seq + m.places, rung = false, lease_epoch = lease_epoch + 1, lease_owner = NULL, lease_until = NULL
  FROM (SELECT flow_id, target, count(*) AS places FROM moving GROUP BY flow_id, target) m
  WHERE l.flow_id = m.flow_id AND l.number = m.target;
