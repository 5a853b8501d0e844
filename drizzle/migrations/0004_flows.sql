-- Flows, their drafts and versions. Documents are text: jsonb would normalise numbers, and 18 digits must survive.

CREATE TABLE flow (
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  archived_at timestamptz(3),
  PRIMARY KEY (partner_id, retailer_id, id),
  CONSTRAINT flow_id_key UNIQUE (id),
  FOREIGN KEY (partner_id, retailer_id) REFERENCES retailer(partner_id, id) ON DELETE CASCADE
);

CREATE TABLE flow_draft (
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  flow_id uuid PRIMARY KEY,
  doc text NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  updated_by uuid,
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  FOREIGN KEY (partner_id, retailer_id, flow_id) REFERENCES flow(partner_id, retailer_id, id) ON DELETE CASCADE
);

CREATE TABLE flow_version (
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  flow_id uuid NOT NULL,
  id uuid NOT NULL,
  number integer NOT NULL,
  doc text NOT NULL,
  hash text NOT NULL,
  note text NOT NULL DEFAULT '',
  published_by uuid,
  published_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (partner_id, retailer_id, flow_id, id),
  CONSTRAINT flow_version_id_key UNIQUE (id),
  CONSTRAINT flow_version_number_key UNIQUE (flow_id, number),
  FOREIGN KEY (partner_id, retailer_id, flow_id) REFERENCES flow(partner_id, retailer_id, id) ON DELETE CASCADE
);

CREATE TABLE live_version (
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  flow_id uuid NOT NULL,
  environment text NOT NULL DEFAULT 'production',
  version_id uuid NOT NULL,
  active boolean NOT NULL DEFAULT true,
  activated_by uuid,
  activated_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (flow_id, environment),
  FOREIGN KEY (partner_id, retailer_id, flow_id, version_id) REFERENCES flow_version(partner_id, retailer_id, flow_id, id) ON DELETE CASCADE
);
