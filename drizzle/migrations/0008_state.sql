-- What flows keep between steps, pages and runs. Rows of runs under way carry no foreign keys, like all that is written by the thousand.

-- Where a paged run is: one row, written over with every page, gone with the run. The body is one page of records; it lives for
-- seconds, so it is stored as it is instead of being compressed for nobody.
CREATE TABLE run_page (
  run_id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  page integer NOT NULL,
  body text NOT NULL,
  carries text NOT NULL,
  -- The rest: source, cursor, sums.
  state text NOT NULL,
  turned_at timestamptz(3) NOT NULL DEFAULT now()
) WITH (fillfactor = 50, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0);
ALTER TABLE run_page ALTER COLUMN body SET STORAGE EXTERNAL, ALTER COLUMN carries SET STORAGE EXTERNAL;

-- What a step said it would remember for a record. `page` 0: outside of pages, kept until the run ends.
CREATE TABLE run_memo (
  run_id uuid NOT NULL,
  node_id text NOT NULL,
  record_key text NOT NULL,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  page integer NOT NULL DEFAULT 0,
  value text NOT NULL,
  PRIMARY KEY (run_id, node_id, record_key)
);

-- Moving marks such as "changed up to". Every version is kept (the last 200); the highest is the one that counts.
CREATE TABLE checkpoint (
  flow_id uuid NOT NULL,
  environment text NOT NULL,
  name text NOT NULL,
  version integer NOT NULL,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  value text NOT NULL,
  set_by text NOT NULL,
  run_id uuid,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (flow_id, environment, name, version),
  FOREIGN KEY (partner_id, retailer_id, flow_id) REFERENCES flow(partner_id, retailer_id, id) ON DELETE CASCADE
);

-- First come: the record that holds a key. `former` are the last holders before it, who keep the answer they were given.
CREATE TABLE dedupe_key (
  flow_id uuid NOT NULL,
  environment text NOT NULL,
  node_id text NOT NULL,
  key text NOT NULL,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  holder text NOT NULL,
  former text[] NOT NULL DEFAULT '{}',
  claimed_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  PRIMARY KEY (flow_id, environment, node_id, key)
) WITH (fillfactor = 80);
CREATE INDEX dedupe_key_expires_idx ON dedupe_key (expires_at);

-- Last come: one row for each record that waits, or has waited, under a key. The latest is the one with the highest
-- (received_at, seq, place). `state` keeps an answer that was given: waiting, passed, superseded.
CREATE TABLE coalesce_key (
  flow_id uuid NOT NULL,
  environment text NOT NULL,
  node_id text NOT NULL,
  key text NOT NULL,
  event_id uuid NOT NULL,
  record_key text NOT NULL,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  run_id uuid NOT NULL,
  received_at timestamptz(3) NOT NULL,
  seq bigint NOT NULL,
  place bigint GENERATED ALWAYS AS IDENTITY,
  due_at timestamptz(3) NOT NULL,
  state text NOT NULL DEFAULT 'waiting',
  PRIMARY KEY (flow_id, environment, node_id, key, event_id, record_key)
);
CREATE INDEX coalesce_key_due_idx ON coalesce_key (due_at);

-- A person's word that a record waits for.
CREATE TABLE approval (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  flow_id uuid NOT NULL,
  run_id uuid NOT NULL,
  node_id text NOT NULL,
  record_key text NOT NULL,
  title text NOT NULL,
  detail text NOT NULL,
  data text NOT NULL,
  business_keys text[] NOT NULL DEFAULT '{}',
  state text NOT NULL DEFAULT 'open',
  timeout_at timestamptz(3) NOT NULL,
  decided_by text,
  decided_at timestamptz(3),
  note text NOT NULL DEFAULT '',
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT approval_record_key UNIQUE (run_id, node_id, record_key)
);
CREATE INDEX approval_retailer_idx ON approval (retailer_id, state, created_at DESC);

-- What an event was answered with: the first answer counts. `outcome` tells an answer of the flow from a run that ended without one.
CREATE TABLE reply (
  event_id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  outcome text NOT NULL,
  status integer NOT NULL,
  headers text NOT NULL DEFAULT '[]',
  body text NOT NULL,
  code text,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX reply_created_idx ON reply (created_at);

-- Calls from one flow to another: which event was made for which record. `key` is the effect's key and the event's delivery id.
CREATE TABLE flow_call (
  key text PRIMARY KEY,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  run_id uuid NOT NULL,
  node_id text NOT NULL,
  record_key text NOT NULL,
  flow_id uuid NOT NULL,
  event_id uuid NOT NULL,
  received_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX flow_call_event_idx ON flow_call (event_id);
CREATE INDEX flow_call_created_idx ON flow_call (created_at);

-- Why an entry waits. The index finds the entry of a run that is to be woken; it holds waiting entries only, and none of its
-- columns change when a run begins, so the many that never wait stay heap-only and out of it.
ALTER TABLE lane_entry ADD COLUMN waiting_code text, ADD COLUMN waiting_ref text, ADD COLUMN lets_pass boolean NOT NULL DEFAULT false;
CREATE INDEX lane_entry_waiting_idx ON lane_entry (event_id) WHERE waiting_code IS NOT NULL;

-- The page a row belongs to: 0 outside of pages. With it a paged run that is taken up again loads its page, not its history.
ALTER TABLE effect ADD COLUMN page integer NOT NULL DEFAULT 0;
ALTER TABLE exchange ADD COLUMN page integer NOT NULL DEFAULT 0;
ALTER TABLE exception ADD COLUMN page integer NOT NULL DEFAULT 0;
DROP INDEX exchange_run_idx;
CREATE INDEX exchange_run_idx ON exchange (run_id, page);
DROP INDEX exception_run_idx;
CREATE INDEX exception_run_idx ON exception (run_id, page);

ALTER TABLE run ADD COLUMN pages integer NOT NULL DEFAULT 0, ADD COLUMN waiting_code text,
  -- The run this one repeats, and the bulk replay it is part of.
  ADD COLUMN origin_run_id uuid, ADD COLUMN replay_id uuid;
CREATE INDEX run_replay_idx ON run (replay_id) WHERE replay_id IS NOT NULL;

-- Cross-references are found from either side, so each side has one partner only, and a pair lies one way round: the system that
-- sorts first is on the left (weft_order_xref sees to it).
SELECT set_config('weft.maintenance', 'on', true);
UPDATE xref SET left_system = right_system, left_id = right_id, right_system = left_system, right_id = left_id WHERE left_system COLLATE "C" > right_system COLLATE "C";
DELETE FROM xref x USING xref y WHERE x.retailer_id = y.retailer_id AND x.entity = y.entity AND x.left_system = y.left_system
  AND x.right_system = y.right_system AND x.right_id = y.right_id AND (x.updated_at, x.id) < (y.updated_at, y.id);
ALTER TABLE xref ADD CONSTRAINT xref_right_key UNIQUE (retailer_id, entity, right_system, right_id, left_system);
