-- Makes the inbox's days, from yesterday to `days_ahead` days from now (UTC). Safe to call from any number of engines, as often as
-- they like. What fell into the default partition meanwhile moves to its day. Returns how many days it made.
CREATE OR REPLACE FUNCTION weft_ensure_inbox_partitions(days_ahead integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public SET timezone = 'UTC'
-- Attaching waits for whoever reads the inbox at length, and ingest would queue behind the attach: rather give up and be called again.
SET lock_timeout = '3s' AS $$
DECLARE
  today date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
  day date;
  child text;
  made integer := 0;
  before text := weft_maintenance('on');
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('weft.inbox.partitions', 0));
  FOR day IN SELECT d::date FROM generate_series(today - 1, today + least(greatest(days_ahead, 0), 366), interval '1 day') d LOOP
    child := 'inbox_' || to_char(day, 'YYYY_MM_DD');
    CONTINUE WHEN to_regclass('public.' || child) IS NOT NULL;
    EXECUTE format('CREATE TABLE public.%I (LIKE public.inbox INCLUDING ALL)', child);
    PERFORM weft_shape_inbox_partition(child);
    LOCK TABLE public.inbox_default IN ACCESS EXCLUSIVE MODE;
    EXECUTE format('WITH moved AS (DELETE FROM public.inbox_default WHERE received_at >= %1$L::timestamptz AND received_at < %2$L::timestamptz RETURNING *)
      INSERT INTO public.%3$I SELECT * FROM moved', day, day + 1, child);
    EXECUTE format('ALTER TABLE public.inbox ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)', child, day, day + 1);
    made := made + 1;
  END LOOP;
  PERFORM weft_maintenance(before);
  RETURN made;
END $$;

-- Storage and protection of one day. Nobody is granted anything on it: rows are reached through inbox, under its policies.
CREATE OR REPLACE FUNCTION weft_shape_inbox_partition(p_child text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', p_child);
  PERFORM weft_store_text(p_child, ARRAY['body', 'headers']);
END $$;
SELECT weft_shape_inbox_partition('inbox_default');
