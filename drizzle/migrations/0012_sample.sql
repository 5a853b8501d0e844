-- Samples that people pinned, and tests that stop at a step or do one step alone.

-- A real or made-up event of a trigger, kept under a name for pickers, previews, tests and expectations.
CREATE TABLE sample (
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  id uuid NOT NULL,
  flow_id uuid NOT NULL,
  -- The trigger of the flow's document that it would arrive at.
  node_id text NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  -- JSON text as it came, digit for digit.
  body text NOT NULL CHECK (octet_length(body) <= 1000000),
  -- The event it was taken from: tells real people's data from made-up data, and is found again when a person must be forgotten.
  event_id uuid,
  created_by uuid,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (partner_id, retailer_id, id),
  CONSTRAINT sample_id_key UNIQUE (id),
  CONSTRAINT sample_name_key UNIQUE (flow_id, node_id, name),
  FOREIGN KEY (partner_id, retailer_id, flow_id) REFERENCES flow(partner_id, retailer_id, id) ON DELETE CASCADE
);
-- Those that hold what a person once sent go by age.
CREATE INDEX sample_real_idx ON sample (created_at) WHERE event_id IS NOT NULL;
INSERT INTO retention (kind, days) VALUES ('samples', 365); -- sample, where it was taken from an event

ALTER TABLE test_run
  -- The steps that lead to this node, and it; null: to the end.
  ADD COLUMN until_node_id text,
  -- This node alone; `body` is the record that arrives there.
  ADD COLUMN only_node_id text;
