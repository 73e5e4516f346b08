import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- Accounts that a member recommends together, with a name.
    CREATE TABLE collections (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      owner_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      name text NOT NULL,
      description text NOT NULL DEFAULT '',
      language text,
      is_sensitive boolean NOT NULL DEFAULT false,
      is_discoverable boolean NOT NULL DEFAULT true,
      -- A hashtag without its sign, as it was typed.
      tag_name text,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX collections_owner ON collections (owner_id, id DESC);

    CREATE TABLE collection_items (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      collection_id bigint NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      -- What was revoked stays, so that its owner does not put the account in again.
      state text NOT NULL CHECK (state IN ('pending', 'accepted', 'rejected', 'revoked')),
      created_at timestamptz NOT NULL DEFAULT now(),
      UNIQUE (collection_id, account_id)
    );
    CREATE INDEX collection_items_account ON collection_items (account_id, collection_id DESC);
  `)

export const down = (db: QueryInterface) => db.sequelize.query('DROP TABLE collection_items, collections')
