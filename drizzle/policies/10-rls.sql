-- Row level security, forced on every table that knows a tenant. Written anew as a whole by every migration that changes this file.
-- weft_web: the partner and retailer of the transaction. weft_engine: runtime tables of all tenants, read of what it runs.
-- weft_auth: identity tables. The owner: nothing, unless it says so with weft.maintenance = 'on' (a superuser bypasses all of it).
DO $$
DECLARE
  old record;
  t text;
  of_retailer text := '(partner_id = (SELECT weft_partner()) AND ((SELECT weft_whole_partner()) OR retailer_id = (SELECT weft_retailer())))';
  of_partner text := '(partner_id = (SELECT weft_partner()))';
  of_whole_partner text := '(partner_id = (SELECT weft_partner()) AND (SELECT weft_whole_partner()))';
  -- A runtime row has no foreign key, so web must own the flow it names: else it could squat on a lane or delivery id of another tenant.
  own_flow text := ' AND EXISTS (SELECT FROM flow f WHERE f.id = flow_id)';
  -- A test of a connection stands in the same table, with the connection in the place of the flow.
  own_flow_or_connection text := ' AND (EXISTS (SELECT FROM flow f WHERE f.id = flow_id) OR EXISTS (SELECT FROM connection c WHERE c.id = flow_id))';
BEGIN
  FOR old IN SELECT schemaname, tablename, policyname FROM pg_policies WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP POLICY %I ON public.%I', old.policyname, old.tablename);
  END LOOP;

  FOR t IN
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND (c.relname IN ('partner', 'user', 'session', 'account', 'verification', 'rate_limit')
        OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'partner_id' AND NOT a.attisdropped))
  LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY owner_maintenance ON public.%I TO CURRENT_USER
      USING (current_setting('weft.maintenance', true) = 'on') WITH CHECK (current_setting('weft.maintenance', true) = 'on')$p$, t);
  END LOOP;

  -- Web: everything that belongs to a retailer.
  FOREACH t IN ARRAY ARRAY['store', 'connection', 'credential', 'flow', 'flow_draft', 'flow_version', 'live_version', 'endpoint',
    'inbox', 'inbox_key', 'lane', 'lane_entry', 'run', 'run_key', 'step', 'payload', 'exchange', 'effect', 'exception', 'exception_event',
    'test_run', 'xref', 'lookup_table', 'usage_day', 'run_page', 'checkpoint', 'approval', 'reply', 'flow_call', 'dedupe_key',
    'coalesce_key', 'connection_health', 'rate_budget', 'schedule_state', 'run_memo', 'replay_item', 'sample', 'presence'] LOOP
    EXECUTE format('CREATE POLICY web ON public.%I TO weft_web USING %s WITH CHECK (%s%s)', t, of_retailer, of_retailer,
      CASE WHEN t IN ('inbox', 'inbox_key', 'lane', 'lane_entry', 'run') THEN own_flow WHEN t = 'test_run' THEN own_flow_or_connection ELSE '' END);
  END LOOP;

  -- Web: what belongs to the partner. One retailer's people see the brand and their own retailer, and change nothing.
  EXECUTE 'CREATE POLICY web_read ON partner FOR SELECT TO weft_web USING (id = (SELECT weft_partner()))';
  EXECUTE format('CREATE POLICY web_read ON brand FOR SELECT TO weft_web USING %s', of_partner);
  EXECUTE format('CREATE POLICY web_read ON domain FOR SELECT TO weft_web USING %s', of_partner);
  EXECUTE format('CREATE POLICY web_read ON retailer FOR SELECT TO weft_web USING %s', replace(of_retailer, 'retailer_id', 'id'));
  EXECUTE format('CREATE POLICY web_read ON membership FOR SELECT TO weft_web USING %s', of_retailer);
  EXECUTE format('CREATE POLICY web_read ON api_key FOR SELECT TO weft_web USING %s', of_whole_partner);
  EXECUTE format('CREATE POLICY web_read ON audit FOR SELECT TO weft_web USING %s', of_whole_partner);
  EXECUTE format('CREATE POLICY web_add ON audit FOR INSERT TO weft_web WITH CHECK %s', of_partner);
  EXECUTE format('CREATE POLICY web ON replay TO weft_web USING %s WITH CHECK %s', of_whole_partner, of_whole_partner);
  FOREACH t IN ARRAY ARRAY['brand', 'domain', 'retailer', 'membership', 'api_key'] LOOP
    EXECUTE format('CREATE POLICY web_add ON public.%I FOR INSERT TO weft_web WITH CHECK %s', t, of_whole_partner);
    EXECUTE format('CREATE POLICY web_change ON public.%I FOR UPDATE TO weft_web USING %s WITH CHECK %s', t, of_whole_partner, of_whole_partner);
    EXECUTE format('CREATE POLICY web_remove ON public.%I FOR DELETE TO weft_web USING %s', t, of_whole_partner);
  END LOOP;
  -- Names of colleagues: people with a membership the transaction may see.
  CREATE POLICY web_read ON "user" FOR SELECT TO weft_web USING (EXISTS (SELECT FROM membership m WHERE m.user_id = "user".id));

  -- Engine: writes for many tenants in one statement.
  FOREACH t IN ARRAY ARRAY['inbox', 'inbox_key', 'lane', 'lane_entry', 'run', 'run_key', 'step', 'payload', 'exchange', 'effect',
    'exception', 'exception_event', 'test_run', 'xref', 'usage_day', 'run_page', 'run_memo', 'checkpoint', 'approval', 'reply', 'flow_call',
    'dedupe_key', 'coalesce_key', 'connection_health', 'rate_budget', 'schedule_state', 'replay', 'replay_item'] LOOP
    EXECUTE format('CREATE POLICY engine ON public.%I TO weft_engine USING (true) WITH CHECK (true)', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['retailer', 'flow', 'flow_version', 'live_version', 'endpoint', 'connection', 'credential', 'lookup_table'] LOOP
    EXECUTE format('CREATE POLICY engine_read ON public.%I FOR SELECT TO weft_engine USING (true)', t);
  END LOOP;

  -- Housekeeping: samples taken from events go by age.
  CREATE POLICY engine_remove ON sample TO weft_engine USING (true) WITH CHECK (false);

  -- A flow that was resumed at a rate: the engine says when its backlog is gone.
  CREATE POLICY engine_change ON live_version FOR UPDATE TO weft_engine USING (true) WITH CHECK (true);

  -- Sign-in: before it there is no tenant.
  FOREACH t IN ARRAY ARRAY['user', 'session', 'account', 'verification', 'rate_limit'] LOOP
    EXECUTE format('CREATE POLICY auth ON public.%I TO weft_auth USING (true) WITH CHECK (true)', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['membership', 'api_key', 'partner', 'brand', 'domain'] LOOP
    EXECUTE format('CREATE POLICY auth_read ON public.%I FOR SELECT TO weft_auth USING (true)', t);
  END LOOP;
END $$;
