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

-- The page's door: which partner does this host show? The only question web may ask without a scope.
CREATE OR REPLACE FUNCTION weft_partner_of_host(p_host text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public SET weft.maintenance = 'on'
AS $$ SELECT d.partner_id FROM domain d WHERE d.host = lower(p_host) AND d.verified_at IS NOT NULL $$;
