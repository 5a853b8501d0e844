-- Who may sign in, and where they may go. The first five tables are better-auth's (1.7).

CREATE TABLE "user" (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL,
  email_verified boolean NOT NULL DEFAULT false,
  image text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT user_email_unique UNIQUE (email)
);

CREATE TABLE session (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  token text NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  ip_address text,
  user_agent text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT session_token_unique UNIQUE (token),
  FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
CREATE INDEX session_user_idx ON session (user_id);

CREATE TABLE account (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  account_id text NOT NULL,
  provider_id text NOT NULL,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz(3),
  refresh_token_expires_at timestamptz(3),
  scope text,
  password text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT account_provider_key UNIQUE (provider_id, account_id),
  FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
CREATE INDEX account_user_idx ON account (user_id);

CREATE TABLE verification (
  id uuid PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX verification_identifier_idx ON verification (identifier);

CREATE TABLE rate_limit (
  id uuid PRIMARY KEY,
  key text NOT NULL,
  count integer NOT NULL,
  last_request bigint NOT NULL,
  CONSTRAINT rate_limit_key_unique UNIQUE (key)
);

CREATE TABLE membership (
  partner_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  retailer_id uuid,
  role text NOT NULL CHECK (role IN ('partner_admin', 'consultant', 'retailer_viewer')),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (partner_id, id),
  CHECK (role <> 'retailer_viewer' OR retailer_id IS NOT NULL),
  CONSTRAINT membership_place_key UNIQUE NULLS NOT DISTINCT(user_id, partner_id, retailer_id),
  FOREIGN KEY (partner_id) REFERENCES partner(id) ON DELETE CASCADE,
  FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE,
  FOREIGN KEY (partner_id, retailer_id) REFERENCES retailer(partner_id, id) ON DELETE CASCADE
);

CREATE TABLE api_key (
  partner_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  key_hash text NOT NULL,
  retailer_id uuid,
  role text NOT NULL CHECK (role IN ('partner_admin', 'consultant', 'retailer_viewer')),
  created_by uuid,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  PRIMARY KEY (partner_id, id),
  CHECK (role <> 'retailer_viewer' OR retailer_id IS NOT NULL),
  CONSTRAINT api_key_key_hash_unique UNIQUE (key_hash),
  FOREIGN KEY (partner_id) REFERENCES partner(id) ON DELETE CASCADE,
  FOREIGN KEY (partner_id, retailer_id) REFERENCES retailer(partner_id, id) ON DELETE CASCADE
);
