-- What flows keep: waking a waiting run, moving a checkpoint, cross-references the right way round.

-- Makes a waiting run due now: an approval was decided, an answer came. Answers the lane's entry, or no row when the run does not
-- wait. The lane's holder hears of it by NOTIFY weft_wake ('<flow>/<lane>/<seq>'); with `ring` nobody holds the lane and the caller
-- rings. Call it after what the run waits for is committed, in a transaction of its own or as the last statement: a run that is
-- only now being written down as waiting looks again after that (RunState.answeredMeanwhile).
CREATE OR REPLACE FUNCTION weft_wake(p_run_id uuid)
RETURNS TABLE (flow_id uuid, retailer_id uuid, lane integer, seq bigint, ring boolean)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE woken record;
BEGIN
  FOR woken IN
    UPDATE lane_entry e SET due_at = now() FROM run r
    WHERE r.id = p_run_id AND e.event_id = r.event_id AND e.run_id = r.id AND e.waiting_code IS NOT NULL
    RETURNING e.flow_id, e.retailer_id, e.lane, e.seq
  LOOP
    PERFORM pg_notify('weft_wake', woken.flow_id || '/' || woken.lane || '/' || woken.seq);
    RETURN QUERY SELECT woken.flow_id, woken.retailer_id, woken.lane, woken.seq,
      EXISTS (SELECT FROM lane l WHERE l.flow_id = woken.flow_id AND l.number = woken.lane AND (l.lease_until IS NULL OR l.lease_until < now()));
  END LOOP;
END $$;

-- Moves a checkpoint and answers its version. The value it has already makes no new one, so repeating is harmless. Writers of one
-- checkpoint wait for each other here.
CREATE OR REPLACE FUNCTION weft_set_checkpoint(
  p_partner_id uuid, p_retailer_id uuid, p_flow_id uuid, p_environment text, p_name text, p_value text, p_set_by text, p_run_id uuid
) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  last record;
  kept CONSTANT integer := 200;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('weft.checkpoint.' || p_flow_id || '/' || p_environment || '/' || p_name, 0));
  SELECT c.version, c.value INTO last FROM checkpoint c
  WHERE c.flow_id = p_flow_id AND c.environment = p_environment AND c.name = p_name ORDER BY c.version DESC LIMIT 1;
  IF last.value = p_value THEN RETURN last.version; END IF;
  INSERT INTO checkpoint (flow_id, environment, name, version, partner_id, retailer_id, value, set_by, run_id)
  VALUES (p_flow_id, p_environment, p_name, COALESCE(last.version, 0) + 1, p_partner_id, p_retailer_id, p_value, p_set_by, p_run_id);
  DELETE FROM checkpoint c WHERE c.flow_id = p_flow_id AND c.environment = p_environment AND c.name = p_name AND c.version <= last.version + 1 - kept;
  RETURN COALESCE(last.version, 0) + 1;
END $$;

CREATE OR REPLACE FUNCTION weft_order_xref() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  system text := NEW.left_system;
  id text := NEW.left_id;
BEGIN
  IF NEW.left_system COLLATE "C" > NEW.right_system COLLATE "C" THEN
    NEW.left_system := NEW.right_system;
    NEW.left_id := NEW.right_id;
    NEW.right_system := system;
    NEW.right_id := id;
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER order_sides BEFORE INSERT OR UPDATE ON xref FOR EACH ROW EXECUTE FUNCTION weft_order_xref();
