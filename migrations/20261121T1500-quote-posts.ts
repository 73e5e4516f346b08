import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    ALTER TABLE posts
      ADD quotes_count integer NOT NULL DEFAULT 0,
      -- Who may quote it at once, and who after its author was asked: public, followers, following, unsupported_policy.
      -- Null for a post whose author says nothing about it.
      ADD quote_automatic text[],
      ADD quote_manual text[];

    CREATE TABLE quotes (
      -- The post that quotes.
      post_id bigint PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
      -- Null while the quoted post is not here yet, and after it was deleted.
      quoted_id bigint REFERENCES posts (id) ON DELETE SET NULL,
      -- The ActivityPub id of the quoted post as the post names it; null for posts made here.
      quoted_uri text,
      state text NOT NULL CHECK (state IN ('pending', 'accepted', 'rejected', 'revoked', 'deleted')),
      -- The stamp of the quoted author's server as it was named; believed only from checked_at on.
      stamp_uri text,
      checked_at timestamptz,
      changed_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX quotes_of ON quotes (quoted_id, post_id DESC) WHERE state = 'accepted';
    CREATE INDEX quotes_quoted ON quotes (quoted_id);
    CREATE INDEX quotes_awaited ON quotes (quoted_uri) WHERE quoted_id IS NULL;
    CREATE INDEX quotes_stamp ON quotes (stamp_uri) WHERE stamp_uri IS NOT NULL;
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(
    'DROP TABLE quotes; ALTER TABLE posts DROP quotes_count, DROP quote_automatic, DROP quote_manual',
  )
