import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    CREATE TABLE follows (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      follower_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      followed_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      state text NOT NULL CHECK (state IN ('pending', 'accepted')),
      -- The id of the Follow that another server sent; null for follows made here.
      uri text,
      shows_boosts boolean NOT NULL DEFAULT true,
      notifies boolean NOT NULL DEFAULT false,
      languages text[],
      created_at timestamptz NOT NULL DEFAULT now(),
      UNIQUE (follower_id, followed_id)
    );
    CREATE INDEX follows_followed ON follows (followed_id, state, id DESC);
    CREATE INDEX follows_follower ON follows (follower_id, state, id DESC);

    CREATE TABLE blocks (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      blocker_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      blocked_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      uri text,
      created_at timestamptz NOT NULL DEFAULT now(),
      UNIQUE (blocker_id, blocked_id)
    );
    CREATE INDEX blocks_blocked ON blocks (blocked_id);

    CREATE TABLE mutes (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      muter_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      muted_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      hides_notifications boolean NOT NULL DEFAULT true,
      expires_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      UNIQUE (muter_id, muted_id)
    );
    CREATE INDEX mutes_muted ON mutes (muted_id);
    CREATE INDEX mutes_expiry ON mutes (expires_at) WHERE expires_at IS NOT NULL;

    CREATE TABLE lists (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      owner_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      title text NOT NULL,
      replies_policy text NOT NULL DEFAULT 'list' CHECK (replies_policy IN ('followed', 'list', 'none')),
      is_exclusive boolean NOT NULL DEFAULT false,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX lists_owner ON lists (owner_id);

    CREATE TABLE list_members (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      list_id bigint NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      UNIQUE (list_id, account_id)
    );
    CREATE INDEX list_members_account ON list_members (account_id);
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query('DROP TABLE list_members, lists, mutes, blocks, follows')
