-- Whose transaction is this? Web sets both with set_config(…, true). A missing or empty scope is an error, never a default:
-- current_setting without missing_ok raises when the name is unknown, and '' is no uuid. Policies call these as (SELECT …()), so
-- they run once per statement (initplan) and an index can be used with the result.

CREATE OR REPLACE FUNCTION weft_partner() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN current_setting('weft.partner_id')::uuid;

-- The one retailer of the scope, or null when it is all of the partner's ('*').
CREATE OR REPLACE FUNCTION weft_retailer() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE current_setting('weft.retailer_id') WHEN '*' THEN NULL ELSE current_setting('weft.retailer_id')::uuid END;

CREATE OR REPLACE FUNCTION weft_whole_partner() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN weft_retailer() IS NULL;

-- The owner's own functions work under forced policies too; this lets them through and answers what was set before, to be put back.
-- (A SET clause on the function would be neater, but only a superuser may put a setting of our own there.)
CREATE OR REPLACE FUNCTION weft_maintenance(p_value text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE before text := COALESCE(current_setting('weft.maintenance', true), '');
BEGIN
  PERFORM set_config('weft.maintenance', p_value, true);
  RETURN before;
END $$;

-- The page's door: which partner does this host show? The only question web may ask without a scope.
CREATE OR REPLACE FUNCTION weft_partner_of_host(p_host text) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
  before text := weft_maintenance('on');
  found uuid := (SELECT d.partner_id FROM domain d WHERE d.host = lower(p_host) AND d.verified_at IS NOT NULL);
BEGIN
  PERFORM weft_maintenance(before);
  RETURN found;
END $$;
