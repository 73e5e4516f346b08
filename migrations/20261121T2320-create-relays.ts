import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    CREATE TABLE relays (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      -- As the admin gave it: an inbox, or the address of an actor.
      url text NOT NULL,
      kind text NOT NULL CHECK (kind IN ('mastodon', 'litepub')),
      state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'accepted', 'rejected')),
      inbox_url text NOT NULL UNIQUE,
      -- The host of its inbox, with its port.
      domain text NOT NULL,
      -- Who speaks for it: known from the start, or from its answer.
      account_id bigint REFERENCES accounts (id) ON DELETE SET NULL,
      -- The id of our Follow, which nobody can guess.
      follow_uri text NOT NULL UNIQUE,
      answered_at timestamptz,
      followed_back_at timestamptz,
      last_problem text,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX relays_account ON relays (account_id);
  `)

export const down = (db: QueryInterface) => db.sequelize.query('DROP TABLE relays')
