-- The way in: endpoints, the inbox by day, dedupe keys, lanes. No foreign keys from here on: thousands of rows a second.

CREATE TABLE endpoint (
  key text PRIMARY KEY,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  flow_id uuid NOT NULL,
  node_id text NOT NULL,
  environment text NOT NULL DEFAULT 'production',
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT endpoint_node_key UNIQUE (flow_id, node_id, environment),
  FOREIGN KEY (partner_id, retailer_id, flow_id) REFERENCES flow(partner_id, retailer_id, id) ON DELETE CASCADE
);

-- Events as they arrived. The children carry the storage settings (weft_ensure_inbox_partitions).
CREATE TABLE inbox (
  received_at timestamptz(3) NOT NULL,
  id uuid NOT NULL,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  flow_id uuid NOT NULL,
  environment text NOT NULL,
  endpoint_key text,
  node_id text NOT NULL,
  trigger text NOT NULL,
  lane integer NOT NULL,
  seq bigint NOT NULL,
  ordering_key text,
  delivery_id text,
  headers text NOT NULL,
  body text NOT NULL,
  content_type text NOT NULL,
  test boolean NOT NULL DEFAULT false,
  PRIMARY KEY (received_at, id)
) PARTITION BY RANGE (received_at);
CREATE INDEX inbox_flow_idx ON inbox (flow_id, received_at);
-- Catches what no day was made for, so that a forgotten maintenance run never refuses an event.
CREATE TABLE inbox_default PARTITION OF inbox DEFAULT;

CREATE TABLE inbox_key (
  flow_id uuid NOT NULL,
  delivery_id text NOT NULL,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  event_id uuid NOT NULL,
  received_at timestamptz(3) NOT NULL,
  PRIMARY KEY (flow_id, delivery_id)
);

CREATE TABLE lane (
  flow_id uuid NOT NULL,
  number integer NOT NULL,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  next_seq bigint NOT NULL DEFAULT 1,
  rung boolean NOT NULL DEFAULT false,
  rung_at timestamptz(3),
  rung_seq bigint NOT NULL DEFAULT 0,
  lease_owner text,
  lease_epoch bigint NOT NULL DEFAULT 0,
  lease_until timestamptz(3),
  PRIMARY KEY (flow_id, number)
) WITH (
  -- A few hundred rows, each updated with every batch: room on the page keeps the updates heap-only, and vacuum comes often.
  fillfactor = 20, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 0
);

CREATE TABLE lane_entry (
  flow_id uuid NOT NULL,
  lane integer NOT NULL,
  seq bigint NOT NULL,
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  event_id uuid NOT NULL,
  received_at timestamptz(3) NOT NULL,
  run_id uuid,
  ordering_key text,
  attempt integer NOT NULL DEFAULT 1,
  due_at timestamptz(3) NOT NULL,
  PRIMARY KEY (flow_id, lane, seq)
) WITH (
  -- A queue: every row is deleted again. Dead rows at the head of a lane make each drain slower, so vacuum by count, not by
  -- share of the table, and without pauses; freezing is pointless for rows that live seconds.
  fillfactor = 70, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0,
  autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_threshold = 10000
);
