-- Outside systems, their sealed secrets, and the operator's allow-list.

CREATE TABLE connection (
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  connector text NOT NULL DEFAULT 'http',
  environment text NOT NULL DEFAULT 'production',
  base_url text NOT NULL,
  auth_kind text NOT NULL DEFAULT 'none' CHECK (auth_kind IN ('none', 'basic', 'bearer', 'header')),
  auth_config jsonb NOT NULL DEFAULT '{}'::jsonb,
  allow_private boolean NOT NULL DEFAULT false,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (partner_id, retailer_id, id),
  CONSTRAINT connection_id_key UNIQUE (id),
  CONSTRAINT connection_name_key UNIQUE (retailer_id, environment, name),
  FOREIGN KEY (partner_id, retailer_id) REFERENCES retailer(partner_id, id) ON DELETE CASCADE
);

CREATE TABLE credential (
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  id uuid NOT NULL,
  connection_id uuid NOT NULL,
  field text NOT NULL CHECK (field IN ('secret', 'webhook_secret')),
  version integer NOT NULL,
  key_id text NOT NULL,
  sealed text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (partner_id, retailer_id, id),
  CONSTRAINT credential_version_key UNIQUE (connection_id, field, version),
  FOREIGN KEY (partner_id, retailer_id, connection_id) REFERENCES connection(partner_id, retailer_id, id) ON DELETE CASCADE
);

CREATE TABLE sealing_key (
  id text PRIMARY KEY,
  public_key text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE private_network (
  cidr text PRIMARY KEY,
  note text NOT NULL DEFAULT '',
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
