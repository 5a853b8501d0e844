-- Partitions by time: making the coming ones, dropping those past their retention. Both are safe to call from any number of engines.
--
-- Weeks for what lists and searches read across (a list of runs merges at most fourteen of them at 90 days), days for the bulk.
CREATE OR REPLACE FUNCTION weft_partitioned() RETURNS TABLE (name text, part_by text, days integer, kind text, open_rows text)
LANGUAGE sql IMMUTABLE AS $$
  VALUES
    -- open_rows: which rows outlive their partition, because their event or run has not come to its end.
    ('inbox', 'received_at', 1, 'events', 'EXISTS (SELECT FROM lane_entry e WHERE e.event_id = p.id)'),
    ('run', 'id', 7, 'runs', 'EXISTS (SELECT FROM lane_entry e WHERE e.run_id = p.id)'),
    ('run_key', 'started_at', 7, 'runs', 'EXISTS (SELECT FROM lane_entry e WHERE e.run_id = p.run_id)'),
    ('effect', 'key', 7, 'runs', 'EXISTS (SELECT FROM lane_entry e WHERE e.run_id = p.run_id)'),
    ('step', 'run_id', 1, 'details', 'EXISTS (SELECT FROM lane_entry e WHERE e.run_id = p.run_id)'),
    ('payload', 'run_id', 1, 'details', 'EXISTS (SELECT FROM lane_entry e WHERE e.run_id = p.run_id)'),
    ('exchange', 'run_id', 1, 'details', 'EXISTS (SELECT FROM lane_entry e WHERE e.run_id = p.run_id)')
$$;

-- A moment as a bound of a partition: itself, or the lowest UUIDv7 or effect key of its millisecond.
CREATE OR REPLACE FUNCTION weft_partition_bound(p_part_by text, p_at timestamptz) RETURNS text LANGUAGE sql IMMUTABLE
SET timezone = 'UTC' AS $$
  SELECT CASE WHEN p_part_by IN ('received_at', 'started_at') THEN p_at::text
    WHEN p_part_by = 'key' THEN h.hex ELSE rpad(h.hex, 32, '0')::uuid::text END
  FROM (SELECT lpad(to_hex((extract(epoch FROM p_at) * 1000)::bigint), 12, '0') AS hex) h
$$;

-- Makes the partitions from yesterday to `days_ahead` days from now. What fell into a default partition meanwhile moves to its own.
-- Returns how many it made.
CREATE OR REPLACE FUNCTION weft_ensure_partitions(days_ahead integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public SET timezone = 'UTC'
-- Attaching waits for whoever reads a default partition at length: rather give up and be called again.
SET lock_timeout = '500ms' AS $$
DECLARE
  today integer := floor(extract(epoch FROM clock_timestamp()) / 86400);
  before text := weft_maintenance('on');
  made integer := 0;
  spec record;
  bucket integer;
  child text;
  low text;
  high text;
BEGIN
  -- Somebody else is at it.
  IF NOT pg_try_advisory_xact_lock(hashtextextended('weft.partitions', 0)) THEN
    PERFORM weft_maintenance(before);
    RETURN 0;
  END IF;
  FOR spec IN SELECT * FROM weft_partitioned() LOOP
    FOR bucket IN SELECT b FROM generate_series((today - 1) / spec.days, (today + least(greatest(days_ahead, 0), 366)) / spec.days) b LOOP
      child := spec.name || '_' || to_char(to_timestamp(bucket * spec.days * 86400.0), 'YYYY_MM_DD');
      CONTINUE WHEN to_regclass('public.' || child) IS NOT NULL;
      low := weft_partition_bound(spec.part_by, to_timestamp(bucket * spec.days * 86400.0));
      high := weft_partition_bound(spec.part_by, to_timestamp((bucket + 1) * spec.days * 86400.0));
      CONTINUE WHEN weft_has_partition(spec.name, spec.part_by, low);
      EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING ALL)', child, spec.name);
      EXECUTE format('LOCK TABLE public.%I IN ACCESS EXCLUSIVE MODE', spec.name || '_default');
      EXECUTE format('WITH moved AS (DELETE FROM public.%1$I WHERE %2$I >= %3$L AND %2$I < %4$L RETURNING *)
        INSERT INTO public.%5$I SELECT * FROM moved', spec.name || '_default', spec.part_by, low, high, child);
      PERFORM weft_shape_partition(child, spec.name);
      EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)', spec.name, child, low, high);
      made := made + 1;
    END LOOP;
  END LOOP;
  PERFORM weft_maintenance(before);
  RETURN made;
END $$;

-- Whether a partition that was there before partitions were (<name>_before, from the beginning of time) covers this bound.
CREATE OR REPLACE FUNCTION weft_has_partition(p_name text, p_part_by text, p_low text) RETURNS boolean LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public AS $$
DECLARE high text := weft_partition_end(p_name || '_before');
BEGIN
  IF high IS NULL THEN RETURN false; END IF;
  IF p_part_by IN ('received_at', 'started_at') THEN RETURN p_low::timestamptz < high::timestamptz; END IF;
  RETURN p_low COLLATE "C" < high COLLATE "C";
END $$;

-- The upper bound of a partition as text; null when there is no such partition or it is the default one.
CREATE OR REPLACE FUNCTION weft_partition_end(p_child text) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, public AS $$
  SELECT substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''([^'']+)''\)')
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relname = p_child AND c.relispartition
$$;

-- Storage and protection of one partition. Nobody is granted anything on it: rows are reached through the table, under its policies.
CREATE OR REPLACE FUNCTION weft_shape_partition(p_child text, p_table text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE bodies text[] := CASE p_table WHEN 'inbox' THEN ARRAY['body', 'headers'] WHEN 'payload' THEN ARRAY['body']
  WHEN 'exchange' THEN ARRAY['request_body', 'response_body'] END;
BEGIN
  EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', p_child);
  IF bodies IS NOT NULL THEN PERFORM weft_store_text(p_child, bodies); END IF;
  IF p_table = 'run' THEN EXECUTE format('ALTER TABLE public.%I SET (fillfactor = 85)', p_child); END IF;
END $$;
SELECT weft_shape_partition(s.name || e.ending, s.name) FROM weft_partitioned() s CROSS JOIN (VALUES ('_default'), ('_before')) e (ending)
WHERE to_regclass('public.' || s.name || e.ending) IS NOT NULL;

-- How long a kind is kept. Never shorter than what it explains: an event that can still be repeated needs the calls its run has made,
-- or it would make them again; those need their run.
CREATE OR REPLACE FUNCTION weft_kept_days(p_kind text) RETURNS integer LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT max(r.days) FROM retention r
  WHERE r.kind = p_kind OR (p_kind IN ('details', 'runs') AND r.kind = 'events') OR (p_kind = 'runs' AND r.kind = 'details')
$$;

-- Partitions wholly past their retention, oldest first.
CREATE OR REPLACE FUNCTION weft_expired_partitions() RETURNS TABLE (child text, of_table text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public SET timezone = 'UTC' AS $$
  SELECT c.relname::text, s.name FROM weft_partitioned() s
  JOIN pg_inherits h ON h.inhparent = ('public.' || s.name)::regclass
  JOIN pg_class c ON c.oid = h.inhrelid
  CROSS JOIN LATERAL (SELECT weft_partition_end(c.relname::text) AS high, weft_partition_bound(s.part_by, clock_timestamp() - make_interval(days => weft_kept_days(s.kind))) AS limit) b
  WHERE b.high IS NOT NULL
    AND CASE WHEN s.part_by IN ('received_at', 'started_at') THEN b.high::timestamptz <= b.limit::timestamptz ELSE b.high COLLATE "C" <= b.limit COLLATE "C" END
  ORDER BY c.relname LIKE '%\_before' DESC, c.relname
$$;

-- Drops one partition past its retention and returns its name; null when there is none. Call until null, each call in a transaction
-- of its own. Rows of events and runs that are still open go to the default partition instead.
CREATE OR REPLACE FUNCTION weft_drop_expired_partition() RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public SET timezone = 'UTC'
-- Detaching wants the table for a moment, and whoever comes meanwhile queues behind us: give up soon, and be called again.
SET lock_timeout = '300ms' AS $$
DECLARE
  before text := weft_maintenance('on');
  v_child text;
  v_table text;
  open_rows text;
BEGIN
  -- Unless somebody else is at it.
  IF pg_try_advisory_xact_lock(hashtextextended('weft.partitions', 0)) THEN
    SELECT e.child, e.of_table INTO v_child, v_table FROM weft_expired_partitions() e LIMIT 1;
  END IF;
  IF v_child IS NULL THEN
    PERFORM weft_maintenance(before);
    RETURN NULL;
  END IF;
  SELECT s.open_rows INTO open_rows FROM weft_partitioned() s WHERE s.name = v_table;
  EXECUTE format('ALTER TABLE public.%I DETACH PARTITION public.%I', v_table, v_child);
  EXECUTE format('ALTER TABLE public.%I NO FORCE ROW LEVEL SECURITY', v_child);
  EXECUTE format('INSERT INTO public.%I SELECT p.* FROM public.%I p WHERE %s', v_table, v_child, open_rows);
  EXECUTE format('DROP TABLE public.%I', v_child);
  PERFORM weft_maintenance(before);
  RETURN v_child;
END $$;

-- Deletes from the default partitions what is past its retention and no longer open, at most `p_limit` rows a table. Returns how many.
CREATE OR REPLACE FUNCTION weft_sweep_default_partitions(p_limit integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public SET timezone = 'UTC' AS $$
DECLARE
  before text := weft_maintenance('on');
  spec record;
  gone integer;
  total integer := 0;
BEGIN
  FOR spec IN SELECT s.*, weft_partition_bound(s.part_by, clock_timestamp() - make_interval(days => weft_kept_days(s.kind))) AS bound
    FROM weft_partitioned() s
  LOOP
    EXECUTE format('DELETE FROM public.%1$I WHERE ctid = ANY (ARRAY(SELECT p.ctid FROM public.%1$I p WHERE p.%2$I < %3$L AND NOT %4$s LIMIT %5$s))',
      spec.name || '_default', spec.part_by, spec.bound, spec.open_rows, p_limit);
    GET DIAGNOSTICS gone = ROW_COUNT;
    total := total + gone;
  END LOOP;
  PERFORM weft_maintenance(before);
  RETURN total;
END $$;
