-- What people do about runs: whose exception it is and why it was closed, and replays of many runs at once.

ALTER TABLE exception
  ADD COLUMN assigned_to uuid,
  -- `data` is what a person made of it; further attempts take that (weft_reenqueue).
  ADD COLUMN edited boolean NOT NULL DEFAULT false,
  -- How a person closed it; null while open, and when a later attempt did.
  ADD COLUMN reason text CHECK (reason IN ('fixed_elsewhere', 'not_needed', 'duplicate', 'other'));
-- The desk of a partner: open ones, newest first. Closed ones leave it.
CREATE INDEX exception_open_idx ON exception (partner_id, opened_at DESC, id DESC) WHERE state = 'open';

-- Many runs again, at a bounded rate. The engine works through the items.
CREATE TABLE replay (
  partner_id uuid NOT NULL,
  id uuid NOT NULL,
  mode text NOT NULL CHECK (mode IN ('step', 'start', 'newest')),
  -- What was asked for, as it was asked.
  filter jsonb NOT NULL DEFAULT '{}'::jsonb,
  note text NOT NULL DEFAULT '',
  state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'cancelled')),
  per_second integer NOT NULL CHECK (per_second BETWEEN 1 AND 100),
  total integer NOT NULL,
  done integer NOT NULL DEFAULT 0,
  -- Runs that could not be run again by the time it was their turn.
  skipped integer NOT NULL DEFAULT 0,
  created_by uuid,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  ticked_at timestamptz(3) NOT NULL DEFAULT now(),
  finished_at timestamptz(3),
  PRIMARY KEY (partner_id, id),
  CONSTRAINT replay_id_key UNIQUE (id),
  FOREIGN KEY (partner_id) REFERENCES partner(id) ON DELETE CASCADE
);
CREATE INDEX replay_running_idx ON replay (id) WHERE state = 'running';

CREATE TABLE replay_item (
  partner_id uuid NOT NULL,
  retailer_id uuid NOT NULL,
  replay_id uuid NOT NULL,
  run_id uuid NOT NULL,
  -- The order of the originals, so that events of one key are applied again in the order they came.
  position integer NOT NULL,
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'skipped')),
  -- The run it became: the same one for a further attempt.
  new_run_id uuid,
  PRIMARY KEY (replay_id, run_id),
  FOREIGN KEY (partner_id, replay_id) REFERENCES replay(partner_id, id) ON DELETE CASCADE
);
CREATE INDEX replay_item_pending_idx ON replay_item (replay_id, position) WHERE state = 'pending';

-- "What became of this run?"
CREATE INDEX run_origin_idx ON run (origin_run_id) WHERE origin_run_id IS NOT NULL;

-- Why somebody moved a checkpoint by hand, or paused a connection, in their words.
ALTER TABLE checkpoint ADD COLUMN note text NOT NULL DEFAULT '';
ALTER TABLE connection_health ADD COLUMN note text NOT NULL DEFAULT '';
