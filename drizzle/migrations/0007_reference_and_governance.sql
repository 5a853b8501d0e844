-- Tables mappings look values up in, the audit chain, usage counts.

CREATE TABLE xref (
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  id uuid NOT NULL,
  entity text NOT NULL,
  left_system text NOT NULL,
  left_id text NOT NULL,
  right_system text NOT NULL,
  right_id text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (partner_id, retailer_id, id),
  CONSTRAINT xref_left_key UNIQUE (retailer_id, entity, left_system, left_id, right_system),
  FOREIGN KEY (partner_id, retailer_id) REFERENCES retailer(partner_id, id) ON DELETE CASCADE
);

CREATE TABLE lookup_table (
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  rows text NOT NULL DEFAULT '[]',
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (partner_id, retailer_id, id),
  CONSTRAINT lookup_table_name_key UNIQUE (retailer_id, name),
  FOREIGN KEY (partner_id, retailer_id) REFERENCES retailer(partner_id, id) ON DELETE CASCADE
);

CREATE TABLE audit (
  partner_id uuid NOT NULL,
  id uuid NOT NULL,
  seq bigint NOT NULL DEFAULT 0,
  at timestamptz(3) NOT NULL DEFAULT now(),
  actor text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}'::jsonb,
  prev_hash text NOT NULL DEFAULT '',
  hash text NOT NULL DEFAULT '',
  PRIMARY KEY (partner_id, id),
  CONSTRAINT audit_seq_key UNIQUE (partner_id, seq),
  FOREIGN KEY (partner_id) REFERENCES partner(id)
);

CREATE TABLE usage_day (
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  day date NOT NULL,
  metric text NOT NULL,
  value bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (partner_id, retailer_id, day, metric),
  FOREIGN KEY (partner_id, retailer_id) REFERENCES retailer(partner_id, id) ON DELETE CASCADE
);
