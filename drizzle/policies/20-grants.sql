-- Least privilege of the three roles. Begins from nothing, so that a line taken out here is a right taken away there.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, weft_web, weft_auth, weft_engine;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC, weft_web, weft_auth, weft_engine;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO weft_web, weft_auth, weft_engine;

-- Web
GRANT SELECT ON partner, brand, domain, retailer, store, membership, api_key, connection, sealing_key, flow, flow_draft, flow_version,
  live_version, endpoint, inbox, inbox_key, lane, lane_entry, run, run_key, step, payload, exchange, effect, exception, exception_event,
  test_run, xref, lookup_table, audit, usage_day, run_page, checkpoint, approval, reply, flow_call, coalesce_key, dedupe_key,
  connection_health, rate_budget TO weft_web;
GRANT SELECT, INSERT, DELETE, UPDATE (name) ON sample TO weft_web;
GRANT SELECT (id, name, email, image) ON "user" TO weft_web;
-- Secrets go in and do not come out: everything of a credential but `sealed`.
GRANT SELECT (partner_id, retailer_id, id, connection_id, field, version, key_id, created_at) ON credential TO weft_web;
GRANT INSERT, DELETE ON credential TO weft_web;
GRANT INSERT, UPDATE, DELETE ON retailer, store, domain, membership, connection, flow_draft, live_version, endpoint, xref, lookup_table TO weft_web;
GRANT INSERT, UPDATE ON brand, flow, api_key, exception, exception_event, test_run TO weft_web;
GRANT INSERT ON flow_version, audit TO weft_web;
-- weft_accept and weft_reenqueue
GRANT INSERT ON inbox, inbox_key, lane, lane_entry TO weft_web;
GRANT UPDATE (next_seq, rung, rung_at, rung_seq) ON lane TO weft_web;
GRANT UPDATE (state, next_attempt_at, updated_at) ON run TO weft_web;
-- weft_wake, weft_set_checkpoint, and a person's word on an approval
GRANT UPDATE (due_at) ON lane_entry TO weft_web;
GRANT INSERT, DELETE, UPDATE (note) ON checkpoint TO weft_web;
GRANT INSERT, UPDATE ON connection_health TO weft_web;
GRANT UPDATE (state, decided_by, decided_at, note) ON approval TO weft_web;
-- weft_rerun and runs that go on with a newer version; an edited record is handed to the run as its memory.
GRANT INSERT, UPDATE (version_id, version_number) ON run TO weft_web;
GRANT SELECT, INSERT, UPDATE ON run_memo TO weft_web;
GRANT SELECT, INSERT, UPDATE ON replay TO weft_web;
GRANT SELECT, INSERT ON replay_item TO weft_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON presence TO weft_web;
-- Updating a run fires the trigger that keeps its keys; it inserts nothing when only these columns change.
GRANT INSERT ON run_key TO weft_web;

-- Engine
GRANT SELECT ON retailer, flow, flow_version, live_version, endpoint, connection, credential, private_network, lookup_table TO weft_engine;
GRANT SELECT, INSERT ON sealing_key TO weft_engine;
GRANT SELECT, INSERT, UPDATE, DELETE ON inbox_key, lane, lane_entry, run, run_key, step, payload, exchange, effect, exception,
  exception_event, xref, usage_day, run_page, run_memo, checkpoint, approval, reply, flow_call, dedupe_key, coalesce_key TO weft_engine;
GRANT SELECT, INSERT, UPDATE, DELETE ON connection_health, rate_budget, permit_share, engine_worker TO weft_engine;
GRANT UPDATE (drain_per_second) ON live_version TO weft_engine;
GRANT SELECT, INSERT ON inbox TO weft_engine;
GRANT SELECT, UPDATE ON replay, replay_item TO weft_engine;
GRANT SELECT, UPDATE, DELETE ON test_run TO weft_engine;
GRANT SELECT, DELETE ON sample TO weft_engine;

-- Sign-in
GRANT SELECT, INSERT, UPDATE, DELETE ON "user", session, account, verification, rate_limit TO weft_auth;
GRANT SELECT ON membership, api_key, partner, brand, domain TO weft_auth;

GRANT EXECUTE ON FUNCTION weft_partner(), weft_retailer(), weft_whole_partner(), weft_partner_of_host(text),
  weft_audit_verify(uuid), weft_audit_hash(audit) TO weft_web;
GRANT EXECUTE ON FUNCTION weft_accept, weft_reenqueue, weft_wake, weft_set_checkpoint, weft_rerun TO weft_web, weft_engine;
-- Partitions, schedules, retention
GRANT EXECUTE ON FUNCTION weft_ensure_partitions(integer), weft_drop_expired_partition(), weft_expired_partitions(),
  weft_sweep_default_partitions(integer) TO weft_engine;
GRANT SELECT, INSERT, UPDATE, DELETE ON schedule_state TO weft_engine;
GRANT SELECT ON retention, weft_migration TO weft_engine;
GRANT SELECT ON schedule_state TO weft_web;
GRANT EXECUTE ON FUNCTION weft_share, weft_take_tokens, weft_block_account TO weft_engine;
GRANT EXECUTE ON FUNCTION weft_confirmed_writes(uuid[]) TO weft_web, weft_engine;
