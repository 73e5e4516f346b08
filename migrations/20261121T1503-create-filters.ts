import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    CREATE TABLE filters (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      title text NOT NULL,
      contexts text[] NOT NULL
        CHECK (contexts <@ ARRAY['home', 'notifications', 'public', 'thread', 'account'] AND contexts <> '{}'),
      action text NOT NULL CHECK (action IN ('warn', 'hide', 'blur')),
      expires_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX filters_account ON filters (account_id, id);

    CREATE TABLE filter_keywords (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      filter_id bigint NOT NULL REFERENCES filters (id) ON DELETE CASCADE,
      keyword text NOT NULL,
      is_whole_word boolean NOT NULL DEFAULT false
    );
    CREATE INDEX filter_keywords_filter ON filter_keywords (filter_id, id);

    CREATE TABLE filter_posts (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      filter_id bigint NOT NULL REFERENCES filters (id) ON DELETE CASCADE,
      post_id bigint NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
      UNIQUE (filter_id, post_id)
    );
    CREATE INDEX filter_posts_post ON filter_posts (post_id);

    -- Raised by every change of the member's filters, so that compiled copies can be told apart; 0 while there were none.
    ALTER TABLE users ADD filters_version integer NOT NULL DEFAULT 0;
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(
    'ALTER TABLE users DROP filters_version; DROP TABLE filter_posts, filter_keywords, filters',
  )
