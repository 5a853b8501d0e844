-- Who there is: partners, their brand and hosts, their retailers and stores.

CREATE TABLE partner (
  id uuid PRIMARY KEY,
  slug text NOT NULL,
  name text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT partner_slug_unique UNIQUE (slug)
);

CREATE TABLE brand (
  partner_id uuid PRIMARY KEY,
  name text NOT NULL,
  accent text NOT NULL CHECK (accent ~ '^#[0-9A-Fa-f]{6}$'),
  logo bytea CHECK (octet_length(logo) <= 524288),
  logo_type text,
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  FOREIGN KEY (partner_id) REFERENCES partner(id) ON DELETE CASCADE
);

CREATE TABLE domain (
  host text PRIMARY KEY CHECK (host = lower(host) AND host !~ '[:/]'),
  partner_id uuid NOT NULL,
  verified_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  FOREIGN KEY (partner_id) REFERENCES partner(id) ON DELETE CASCADE
);

CREATE TABLE retailer (
  partner_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  slug text NOT NULL,
  time_zone text NOT NULL DEFAULT 'Europe/Berlin',
  locale text NOT NULL DEFAULT 'en',
  currency text NOT NULL DEFAULT 'EUR',
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (partner_id, id),
  CONSTRAINT retailer_id_key UNIQUE (id),
  CONSTRAINT retailer_slug_key UNIQUE (partner_id, slug),
  FOREIGN KEY (partner_id) REFERENCES partner(id) ON DELETE CASCADE
);

CREATE TABLE store (
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  code text NOT NULL,
  time_zone text NOT NULL DEFAULT 'Europe/Berlin',
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (partner_id, retailer_id, id),
  CONSTRAINT store_code_key UNIQUE (retailer_id, code),
  FOREIGN KEY (partner_id, retailer_id) REFERENCES retailer(partner_id, id) ON DELETE CASCADE
);
