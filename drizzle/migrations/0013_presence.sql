-- Who has a flow open at this moment, and who is editing which node of it. One row per open tab; a tab that has not been heard of
-- for a while is gone, whatever became of it.

CREATE TABLE presence (
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  flow_id uuid NOT NULL,
  -- Made by the tab itself.
  tab_id uuid NOT NULL,
  user_id uuid NOT NULL,
  name text NOT NULL,
  -- The node they look at, and since when they hold its settings; null: they only look.
  node_id text,
  held_since timestamptz(3),
  opened_at timestamptz(3) NOT NULL DEFAULT now(),
  seen_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (flow_id, tab_id),
  FOREIGN KEY (partner_id, retailer_id, flow_id) REFERENCES flow(partner_id, retailer_id, id) ON DELETE CASCADE,
  CHECK (held_since IS NULL OR node_id IS NOT NULL)
);
-- The soft lock itself: two web processes cannot give one node to two tabs.
CREATE UNIQUE INDEX presence_held_idx ON presence (flow_id, node_id) WHERE held_since IS NOT NULL;
