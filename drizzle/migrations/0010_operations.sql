-- Schedules as rows, retention, and the bulk of what runs leave in partitions that can be dropped.

-- One timed trigger of a live version: everything up to cursor_at has been considered, due_at is when to look again.
CREATE TABLE schedule_state (
  flow_id uuid NOT NULL,
  node_id text NOT NULL,
  environment text NOT NULL,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  spec text NOT NULL,
  cursor_at timestamptz(3) NOT NULL,
  due_at timestamptz(3),
  last_fired timestamptz(3),
  last_event_id uuid,
  skipped integer NOT NULL DEFAULT 0,
  PRIMARY KEY (flow_id, node_id, environment),
  FOREIGN KEY (partner_id, retailer_id, flow_id) REFERENCES flow(partner_id, retailer_id, id) ON DELETE CASCADE
) WITH (fillfactor = 70);
CREATE INDEX schedule_state_due_idx ON schedule_state (due_at);

-- How many days things are kept. The operator's table: UPDATE retention SET days = 60 WHERE kind = 'details'.
CREATE TABLE retention (
  kind text PRIMARY KEY,
  days integer NOT NULL CHECK (days BETWEEN 1 AND 3660)
);
INSERT INTO retention (kind, days) VALUES
  ('events', 30),  -- inbox: bodies as they arrived
  ('details', 30), -- step, payload, exchange: what each step did
  ('runs', 90),    -- run, run_key, effect, resolved exceptions
  ('dedupe', 14),  -- inbox_key: how long a delivery id is known
  ('tests', 7);    -- test_run

-- What is found by age and deleted in batches. Dedupe keys come in the order of time, so a summary of ranges is enough.
CREATE INDEX inbox_key_received_idx ON inbox_key USING brin (received_at) WITH (pages_per_range = 32, autosummarize = on);
CREATE INDEX exception_resolved_idx ON exception (resolved_at) WHERE state = 'resolved';

-- From here on a run's rows lie in partitions by time, so that old ones go without a row being touched. Run ids are UUIDv7 and effect
-- keys begin with the event's milliseconds: both sort by time, so the keys of the tables contain what they are partitioned by.
--
-- The table as it is becomes the partition of everything before tomorrow: no row is copied, the validation reads it once.
SELECT set_config('weft.maintenance', 'on', true);

DO $$
DECLARE
  before CONSTANT timestamptz := date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' + interval '1 day';
  spec record;
  old record;
  wide timestamptz;
BEGIN
  DROP FUNCTION IF EXISTS weft_ensure_inbox_partitions(integer), weft_shape_inbox_partition(text);
  -- Keys from before they began with the event's milliseconds.
  UPDATE effect e SET key = left(replace(coalesce(r.event_id, e.run_id)::text, '-', ''), 12) || substr(e.key, 13)
  FROM effect x LEFT JOIN run r ON r.id = x.run_id WHERE x.key = e.key;
  DROP TRIGGER IF EXISTS index_new ON run;
  DROP TRIGGER IF EXISTS index_changed ON run;
  ALTER TABLE exchange DROP CONSTRAINT exchange_pkey;
  ALTER TABLE effect ALTER COLUMN key TYPE text COLLATE "C";
  FOR spec IN SELECT * FROM (VALUES
    ('run', 'id', 7, 'id'), ('run_key', 'started_at', 7, 'partner_id, key, started_at, run_id'), ('effect', 'key', 7, 'key'),
    ('step', 'run_id', 1, 'run_id, node_id, attempt'), ('payload', 'run_id', 1, 'run_id, node_id, attempt'),
    ('exchange', 'run_id', 1, 'run_id, id')) AS s (name, part_by, days, key)
  LOOP
    -- The next boundary of this table's partitions, counted in whole days from 1970.
    wide := to_timestamp((floor(extract(epoch FROM before) / 86400 / spec.days) + CASE WHEN spec.days = 1 THEN 0 ELSE 1 END) * spec.days * 86400);
    EXECUTE format('ALTER TABLE %I RENAME TO %I', spec.name, spec.name || '_before');
    CREATE TEMP TABLE kept_index ON COMMIT DROP AS
      SELECT i.indexname AS name, i.indexdef AS def FROM pg_indexes i WHERE i.schemaname = 'public' AND i.tablename = spec.name || '_before';
    FOR old IN SELECT * FROM kept_index LOOP
      EXECUTE format('ALTER INDEX public.%I RENAME TO %I', old.name, left(old.name, 55) || '_before');
    END LOOP;
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE (%s)', spec.name, spec.name || '_before', spec.part_by);
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I PRIMARY KEY (%s)', spec.name, spec.name || '_pkey', spec.key);
    FOR old IN SELECT * FROM kept_index WHERE name <> spec.name || '_pkey' LOOP
      EXECUTE replace(old.def, format('public.%I USING', spec.name || '_before'), format('public.%I USING', spec.name));
    END LOOP;
    DROP TABLE kept_index;
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (MINVALUE) TO (%L)', spec.name, spec.name || '_before',
      CASE spec.part_by WHEN 'started_at' THEN wide::text
        WHEN 'key' THEN lpad(to_hex((extract(epoch FROM wide) * 1000)::bigint), 12, '0')
        ELSE rpad(lpad(to_hex((extract(epoch FROM wide) * 1000)::bigint), 12, '0'), 32, '0') END);
    -- Catches what no partition was made for, and the runs still open when their partition is dropped.
    EXECUTE format('CREATE TABLE %I PARTITION OF %I DEFAULT', spec.name || '_default', spec.name);
  END LOOP;
END $$;
