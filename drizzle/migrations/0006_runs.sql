-- What happened to events. No foreign keys, ids are UUIDv7 so that the indexes are appended to, bodies are text.

CREATE TABLE run (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  flow_id uuid NOT NULL,
  version_id uuid NOT NULL,
  version_number integer NOT NULL,
  event_id uuid NOT NULL,
  event_received_at timestamptz(3) NOT NULL,
  node_id text NOT NULL,
  trigger text NOT NULL,
  state text NOT NULL,
  attempt integer NOT NULL DEFAULT 1,
  started_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  duration_ms integer,
  records_in integer NOT NULL DEFAULT 0,
  records_failed integer NOT NULL DEFAULT 0,
  business_keys text[] NOT NULL DEFAULT '{}',
  failure_class text,
  failure_code text,
  failure_message text,
  next_attempt_at timestamptz(3),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
) WITH (fillfactor = 85);
CREATE INDEX run_partner_idx ON run (partner_id, started_at DESC, id DESC);
CREATE INDEX run_retailer_idx ON run (retailer_id, started_at DESC, id DESC);
CREATE INDEX run_flow_idx ON run (flow_id, started_at DESC, id DESC);
-- "What became of this event?"
CREATE INDEX run_event_idx ON run (event_id);
-- The few that need somebody: waiting, failed, running. A finished run leaves it.
CREATE INDEX run_unsettled_idx ON run (partner_id, state, started_at DESC, id DESC) WHERE state <> 'succeeded';

CREATE TABLE run_key (
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  key text COLLATE "C" NOT NULL,
  started_at timestamptz(3) NOT NULL,
  run_id uuid NOT NULL,
  PRIMARY KEY (partner_id, key, started_at, run_id)
);

CREATE TABLE step (
  run_id uuid NOT NULL,
  node_id text NOT NULL,
  attempt integer NOT NULL,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  state text NOT NULL,
  records_in integer NOT NULL DEFAULT 0,
  records_out integer NOT NULL DEFAULT 0,
  outputs jsonb NOT NULL DEFAULT '{}'::jsonb,
  records_failed integer NOT NULL DEFAULT 0,
  started_at timestamptz(3) NOT NULL,
  duration_ms integer NOT NULL DEFAULT 0,
  logs text,
  PRIMARY KEY (run_id, node_id, attempt)
);

CREATE TABLE payload (
  run_id uuid NOT NULL,
  node_id text NOT NULL,
  attempt integer NOT NULL,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (run_id, node_id, attempt)
);

CREATE TABLE exchange (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  run_id uuid NOT NULL,
  node_id text NOT NULL,
  record_key text NOT NULL,
  attempt integer NOT NULL,
  connection_id uuid,
  method text NOT NULL,
  url text NOT NULL,
  request_headers text NOT NULL DEFAULT '{}',
  request_body text,
  status integer,
  response_headers text,
  response_body text,
  failure_class text,
  failure_code text,
  started_at timestamptz(3) NOT NULL,
  duration_ms integer NOT NULL
);
CREATE INDEX exchange_run_idx ON exchange (run_id);

CREATE TABLE effect (
  key text PRIMARY KEY,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  run_id uuid NOT NULL,
  node_id text NOT NULL,
  record_key text NOT NULL,
  connection_id uuid,
  operation text NOT NULL,
  business_keys text[] NOT NULL DEFAULT '{}',
  request_hash text NOT NULL,
  status text NOT NULL,
  exchange_id uuid,
  applied_at timestamptz(3) NOT NULL
);

CREATE TABLE exception (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  flow_id uuid NOT NULL,
  run_id uuid NOT NULL,
  node_id text NOT NULL,
  record_key text NOT NULL,
  class text NOT NULL,
  code text NOT NULL,
  message text NOT NULL,
  data text NOT NULL,
  business_keys text[] NOT NULL DEFAULT '{}',
  state text NOT NULL DEFAULT 'open',
  opened_at timestamptz(3) NOT NULL DEFAULT now(),
  resolved_at timestamptz(3),
  resolved_by uuid
);
CREATE INDEX exception_run_idx ON exception (run_id);
CREATE INDEX exception_retailer_idx ON exception (retailer_id, state, opened_at DESC);

CREATE TABLE exception_event (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  exception_id uuid NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT now(),
  actor text NOT NULL,
  kind text NOT NULL,
  detail text NOT NULL DEFAULT ''
);
CREATE INDEX exception_event_idx ON exception_event (exception_id);

CREATE TABLE test_run (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  flow_id uuid NOT NULL,
  doc text NOT NULL,
  trigger_node_id text NOT NULL,
  body text NOT NULL DEFAULT '',
  headers text NOT NULL DEFAULT '{}',
  send_writes boolean NOT NULL DEFAULT false,
  state text NOT NULL DEFAULT 'queued',
  result text,
  created_by uuid,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  finished_at timestamptz(3)
);
