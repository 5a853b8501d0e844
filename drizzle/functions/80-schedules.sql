-- A flow that is paused forgets how far its schedules have got: what would have fired meanwhile was not missed, it was not wanted.
CREATE OR REPLACE FUNCTION weft_forget_schedules() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE before text := weft_maintenance('on');
BEGIN
  DELETE FROM schedule_state s WHERE s.flow_id = OLD.flow_id AND s.environment = OLD.environment;
  PERFORM weft_maintenance(before);
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER forget_schedules AFTER UPDATE ON live_version FOR EACH ROW WHEN (OLD.active AND NOT NEW.active)
  EXECUTE FUNCTION weft_forget_schedules();
CREATE OR REPLACE TRIGGER forget_schedules_of_gone AFTER DELETE ON live_version FOR EACH ROW EXECUTE FUNCTION weft_forget_schedules();
