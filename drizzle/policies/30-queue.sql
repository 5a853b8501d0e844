-- pg-boss belongs to the owner. The engine works with it; web may only put a job in.
GRANT USAGE ON SCHEMA pgboss TO weft_engine, weft_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA pgboss TO weft_engine;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA pgboss TO weft_engine;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pgboss TO weft_engine;

REVOKE ALL ON ALL TABLES IN SCHEMA pgboss FROM weft_web;
GRANT SELECT ON pgboss.version, pgboss.queue TO weft_web;
DO $$
DECLARE t regclass;
BEGIN
  FOR t IN
    SELECT c.oid FROM pg_class c WHERE c.relnamespace = 'pgboss'::regnamespace AND c.relkind IN ('r', 'p')
      AND (c.relname = 'job' OR EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = c.oid AND h.inhparent = 'pgboss.job'::regclass))
  LOOP
    -- The two columns are what pg-boss's insert returns; the data of jobs stays unread.
    EXECUTE format('GRANT INSERT, SELECT (id, name, start_after) ON %s TO weft_web', t);
  END LOOP;
END $$;
