-- What the tables themselves insist on.

-- A published version never changes. It goes only when its flow goes: the cascade fires after the flow's row is gone.
CREATE OR REPLACE FUNCTION weft_keep_flow_version() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
  before text := weft_maintenance('on');
  flow_is_gone boolean := TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM flow f WHERE f.id = OLD.flow_id);
BEGIN
  PERFORM weft_maintenance(before);
  IF flow_is_gone THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'A published version is immutable (flow_version %)', COALESCE(OLD.id::text, '*') USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE TRIGGER keep_rows BEFORE UPDATE OR DELETE ON flow_version FOR EACH ROW EXECUTE FUNCTION weft_keep_flow_version();

CREATE OR REPLACE FUNCTION weft_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is not allowed', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE TRIGGER keep_table BEFORE TRUNCATE ON flow_version FOR EACH STATEMENT EXECUTE FUNCTION weft_refuse();
CREATE OR REPLACE TRIGGER keep_rows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION weft_refuse();

-- The text an audit row's hash is made of: a JSON array, so that no two rows can run together into the same text.
CREATE OR REPLACE FUNCTION weft_audit_hash(a audit) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(a.prev_hash, a.partner_id, a.seq,
    to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS'), a.actor, a.action, a.subject, a.detail)::text, 'UTF8')), 'hex')
$$;

-- Chains a new row to the partner's last one. Writers of one partner wait for each other's commit here: people, not events.
CREATE OR REPLACE FUNCTION weft_audit_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
  before text := weft_maintenance('on');
  last record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('weft.audit.' || NEW.partner_id, 0));
  SELECT a.seq, a.hash INTO last FROM audit a WHERE a.partner_id = NEW.partner_id ORDER BY a.seq DESC LIMIT 1;
  NEW.seq := COALESCE(last.seq, 0) + 1;
  NEW.at := clock_timestamp();
  NEW.prev_hash := COALESCE(last.hash, '');
  NEW.hash := weft_audit_hash(NEW);
  PERFORM weft_maintenance(before);
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER chain BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION weft_audit_chain();

-- The first seq of a partner's chain that does not follow from the one before it; null when all is well.
CREATE OR REPLACE FUNCTION weft_audit_verify(p_partner_id uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT min(c.seq) FROM (
    SELECT a.seq, a.hash <> weft_audit_hash(a) OR a.prev_hash <> COALESCE(lag(a.hash) OVER w, '')
      OR a.seq <> COALESCE(lag(a.seq) OVER w, 0) + 1 AS broken
    FROM audit a WHERE a.partner_id = p_partner_id WINDOW w AS (ORDER BY a.seq)
  ) c WHERE c.broken
$$;

-- Engine processes drop what they have cached of a flow, connection or retailer. Payload: '{"table": …, "id": …}'. Drafts are nobody's business.
CREATE OR REPLACE FUNCTION weft_tell_config() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
  key text := CASE TG_TABLE_NAME WHEN 'connection' THEN 'id' WHEN 'lookup_table' THEN 'retailer_id' WHEN 'credential' THEN 'connection_id' WHEN 'connection_health' THEN 'connection_id'
    WHEN 'retailer' THEN 'id' ELSE 'flow_id' END;
BEGIN
  PERFORM pg_notify('weft_config', json_build_object('table', TG_TABLE_NAME, 'id', changed ->> key)::text);
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON live_version FOR EACH ROW EXECUTE FUNCTION weft_tell_config();
CREATE OR REPLACE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON connection FOR EACH ROW EXECUTE FUNCTION weft_tell_config();
CREATE OR REPLACE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON credential FOR EACH ROW EXECUTE FUNCTION weft_tell_config();
CREATE OR REPLACE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON lookup_table FOR EACH ROW EXECUTE FUNCTION weft_tell_config();
CREATE OR REPLACE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON endpoint FOR EACH ROW EXECUTE FUNCTION weft_tell_config();
