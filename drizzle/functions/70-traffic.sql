-- Lending out permits and tokens to engine processes.

-- Shares the permits of caps between the processes that ask. For each key the caller says how many it uses and how many it would
-- like; the answer is how many it may use until the share runs out, renewed or not.
--
-- granted: what it has. target: its fair part of the cap, which it should shrink to as its runs end. contended: others ask as well.
-- The sum of what is granted never exceeds the cap: a process only gets what is free, and only the process itself gives up what
-- it has (it alone knows what is in use); shares of a process that is gone run out. Fair = everybody the same, those who want
-- less get what they want, the odd ones go round by the half second.
CREATE OR REPLACE FUNCTION weft_share(
  p_owner text, p_keys text[], p_caps integer[], p_in_use integer[], p_wants integer[], p_seconds double precision
) RETURNS TABLE (key text, granted integer, target integer, contended boolean)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  asked record;
  claim record;
  v_round bigint;
  v_left integer;
  v_claims integer;
  v_part integer;
  v_target integer;
  v_others integer;
  v_granted integer;
BEGIN
  FOR asked IN SELECT u.* FROM unnest(p_keys, p_caps, p_in_use, p_wants) AS u (key, cap, in_use, wants) ORDER BY u.key COLLATE "C" LOOP
    PERFORM pg_advisory_xact_lock(hashtextextended('weft.permit.' || asked.key, 0));
    DELETE FROM permit_share s WHERE s.key = asked.key AND s.owner <> p_owner AND s.until < clock_timestamp();
    SELECT count(*) + 1, coalesce(sum(s.granted), 0) INTO v_claims, v_others FROM permit_share s WHERE s.key = asked.key AND s.owner <> p_owner;
    v_left := asked.cap;
    v_round := floor(extract(epoch FROM clock_timestamp()) * 2);
    v_target := 0;
    contended := v_claims > 1;
    FOR claim IN
      SELECT c.* FROM (
        SELECT s.owner, GREATEST(s.wants, s.in_use) AS wants FROM permit_share s WHERE s.key = asked.key AND s.owner <> p_owner
        UNION ALL SELECT p_owner, GREATEST(asked.wants, asked.in_use)
      ) c ORDER BY c.wants, (row_number() OVER (ORDER BY c.owner) + v_round) % v_claims
    LOOP
      v_part := LEAST(claim.wants, v_left / v_claims);
      v_left := v_left - v_part;
      v_claims := v_claims - 1;
      IF claim.owner = p_owner THEN v_target := v_part; END IF;
    END LOOP;
    v_granted := GREATEST(asked.in_use, LEAST(v_target, asked.cap - v_others));
    IF v_granted = 0 AND asked.wants = 0 THEN
      DELETE FROM permit_share s WHERE s.key = asked.key AND s.owner = p_owner;
    ELSE
      INSERT INTO permit_share AS s (key, owner, granted, in_use, wants, until)
      VALUES (asked.key, p_owner, v_granted, asked.in_use, asked.wants, clock_timestamp() + make_interval(secs => p_seconds))
      ON CONFLICT ON CONSTRAINT permit_share_pkey DO UPDATE SET granted = excluded.granted, in_use = excluded.in_use, wants = excluded.wants, until = excluded.until;
    END IF;
    -- Somebody has more than its part: it learns so at once instead of at its next renewal.
    IF v_granted < v_target THEN PERFORM pg_notify('weft_share', asked.key); END IF;
    key := asked.key;
    granted := v_granted;
    target := v_target;
    RETURN NEXT;
  END LOOP;
END $$;

-- Lends out tokens of rate limits in blocks. The caller says how many it spent of its last block and how many it would like to
-- have now; the answer is its new block, how long it may spend it, and when there will be more.
--
-- 'bucket': never more than capacity + rate × t calls in any t seconds at the far end, over all processes, because what is lent out
-- takes up room in the bucket until it is spent. 'window': capacity per window, the window beginning with its first call or where
-- the vendor's headers say. 'drain': a bucket that begins empty.
CREATE OR REPLACE FUNCTION weft_take_tokens(
  p_owner text, p_partner_ids uuid[], p_retailer_ids uuid[], p_accounts text[], p_parts integer[], p_styles text[], p_capacities double precision[],
  p_rates double precision[], p_window_ms double precision[], p_spent double precision[], p_wants double precision[],
  p_available double precision[], p_reset_ms double precision[], p_lease_ms double precision
) RETURNS TABLE (account text, part integer, tokens double precision, valid_ms double precision, next_ms double precision)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  asked record;
  budget record;
  v_now timestamptz;
  v_ms double precision;
  v_leases jsonb;
  v_mine double precision;
  v_others double precision;
  v_level double precision;
  v_more double precision;
  v_ends timestamptz;
BEGIN
  FOR asked IN
    SELECT u.* FROM unnest(p_partner_ids, p_retailer_ids, p_accounts, p_parts, p_styles, p_capacities, p_rates, p_window_ms, p_spent, p_wants, p_available, p_reset_ms)
      AS u (partner_id, retailer_id, account, part, style, capacity, rate, window_ms, spent, wants, available, reset_ms)
    ORDER BY u.account COLLATE "C", u.part
  LOOP
    INSERT INTO rate_budget (account, part, partner_id, retailer_id, level) VALUES (asked.account, asked.part, asked.partner_id, asked.retailer_id, CASE asked.style WHEN 'drain' THEN 0 ELSE asked.capacity END)
    ON CONFLICT DO NOTHING;
    SELECT b.level, b.filled_at, b.window_ends, b.leases INTO budget FROM rate_budget b WHERE b.account = asked.account AND b.part = asked.part FOR UPDATE;
    v_now := clock_timestamp();
    v_ms := extract(epoch FROM v_now) * 1000;
    v_ends := budget.window_ends;
    SELECT coalesce(jsonb_object_agg(l.key, l.value) FILTER (WHERE l.key <> p_owner), '{}'),
      coalesce(sum((l.value ->> 0)::double precision) FILTER (WHERE l.key <> p_owner), 0),
      coalesce(sum((l.value ->> 0)::double precision) FILTER (WHERE l.key = p_owner), 0)
    INTO v_leases, v_others, v_mine
    FROM jsonb_each(budget.leases) l WHERE (l.value ->> 1)::double precision > v_ms;
    v_mine := GREATEST(0, v_mine - asked.spent);
    v_level := budget.level;
    IF asked.style = 'window' THEN
      IF v_ends IS NULL OR v_now >= v_ends THEN
        v_level := asked.capacity;
        v_ends := v_now + make_interval(secs => asked.window_ms / 1000);
        v_leases := '{}';
        v_mine := 0;
        v_others := 0;
      END IF;
      IF asked.reset_ms IS NOT NULL THEN v_ends := v_now + make_interval(secs => asked.reset_ms / 1000); END IF;
    ELSIF asked.style = 'drain' AND v_now > budget.filled_at + interval '2 seconds' THEN
      v_level := 0;
    ELSE
      v_level := v_level + asked.rate * extract(epoch FROM v_now - budget.filled_at);
    END IF;
    v_level := LEAST(v_level, asked.capacity - v_others - v_mine, coalesce(asked.available - v_others - v_mine, 'infinity'));
    IF asked.wants < v_mine THEN
      v_level := v_level + v_mine - asked.wants;
      v_mine := asked.wants;
    END IF;
    v_more := GREATEST(0, LEAST(asked.wants - v_mine, floor(v_level)));
    v_level := v_level - v_more;
    v_mine := v_mine + v_more;
    valid_ms := CASE WHEN asked.style = 'window' THEN LEAST(p_lease_ms, extract(epoch FROM v_ends - v_now) * 1000) ELSE p_lease_ms END;
    IF v_mine > 0 THEN v_leases := v_leases || jsonb_build_object(p_owner, jsonb_build_array(v_mine, v_ms + valid_ms)); END IF;
    UPDATE rate_budget b SET level = v_level, filled_at = v_now, window_ends = v_ends, leases = v_leases
    WHERE b.account = asked.account AND b.part = asked.part;
    account := asked.account;
    part := asked.part;
    tokens := v_mine;
    next_ms := CASE WHEN v_level >= 1 THEN 0 WHEN asked.style = 'window' THEN extract(epoch FROM v_ends - v_now) * 1000
      ELSE ceil((1 - v_level) / GREATEST(asked.rate, 0.0001) * 1000) END;
    RETURN NEXT;
  END LOOP;
END $$;

-- The vendor said "not before": no process calls the account until then. Told by NOTIFY weft_traffic.
CREATE OR REPLACE FUNCTION weft_block_account(p_partner_id uuid, p_retailer_id uuid, p_account text, p_ms double precision) RETURNS void LANGUAGE sql AS $$
  INSERT INTO rate_budget AS b (account, part, partner_id, retailer_id, blocked_until)
  VALUES (p_account, 0, p_partner_id, p_retailer_id, clock_timestamp() + make_interval(secs => p_ms / 1000))
  ON CONFLICT (account, part) DO UPDATE SET blocked_until = GREATEST(b.blocked_until, excluded.blocked_until);
  SELECT pg_notify('weft_traffic', json_build_object('account', p_account, 'blockedMs', round(p_ms))::text);
$$;

-- Failures that are only counted are nobody else's business.
CREATE OR REPLACE TRIGGER tell AFTER INSERT OR DELETE ON connection_health FOR EACH ROW EXECUTE FUNCTION weft_tell_config();
CREATE OR REPLACE TRIGGER tell_change AFTER UPDATE ON connection_health FOR EACH ROW
  WHEN ((OLD.state, OLD.probe_at, OLD.draining_since) IS DISTINCT FROM (NEW.state, NEW.probe_at, NEW.draining_since)) EXECUTE FUNCTION weft_tell_config();
CREATE OR REPLACE TRIGGER tell AFTER UPDATE OF concurrency ON retailer FOR EACH ROW EXECUTE FUNCTION weft_tell_config();
