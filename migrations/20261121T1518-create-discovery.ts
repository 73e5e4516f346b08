import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- Who may be found, and how they rank: written anew every few minutes. Apart from accounts, whose rows change with
    -- every post and follow and must not carry these indexes.
    CREATE TABLE account_ranks (
      account_id bigint PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
      is_local boolean NOT NULL,
      last_post_at timestamptz NOT NULL DEFAULT '-infinity',
      followers_count integer NOT NULL,
      -- Favourites and boosts of the last week, as far as this instance saw them.
      interactions_count integer NOT NULL DEFAULT 0
    );
    CREATE INDEX account_ranks_active ON account_ranks (last_post_at DESC, account_id DESC);
    CREATE INDEX account_ranks_active_local ON account_ranks (last_post_at DESC, account_id DESC) WHERE is_local;
    CREATE INDEX account_ranks_new_local ON account_ranks (account_id DESC) WHERE is_local;
    CREATE INDEX account_ranks_followed ON account_ranks (followers_count DESC, account_id);
    CREATE INDEX account_ranks_interactions ON account_ranks (interactions_count DESC, account_id)
      WHERE interactions_count > 0;

    -- Whom the staff recommends to everybody.
    CREATE TABLE featured_accounts (
      account_id bigint PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
      created_at timestamptz NOT NULL DEFAULT now()
    );

    -- Suggestions that a member does not want to see again (ACCT-42).
    CREATE TABLE suggestion_dismissals (
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      dismissed_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      PRIMARY KEY (account_id, dismissed_id)
    );
    CREATE INDEX suggestion_dismissals_dismissed ON suggestion_dismissals (dismissed_id);
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query('DROP TABLE suggestion_dismissals, featured_accounts, account_ranks')
