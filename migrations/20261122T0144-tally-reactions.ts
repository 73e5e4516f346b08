import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- What a custom emoji looks like: {url, staticUrl}, as the server of whoever gave it says.
    ALTER TABLE reactions ADD picture jsonb;
    CREATE INDEX reactions_emojis ON reactions (post_id, id DESC) WHERE emoji <> '';
    CREATE INDEX reactions_emojis_given ON reactions (account_id, id DESC) WHERE emoji <> '';

    -- For each emoji how many gave it, the first and a few of them, and its picture; null while there is none.
    ALTER TABLE posts ADD reactions jsonb;

    -- Votes against a post: kept, and shown to nobody.
    CREATE TABLE dislikes (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      post_id bigint NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
      uri text,
      UNIQUE (account_id, post_id)
    );
    CREATE INDEX dislikes_post ON dislikes (post_id);
    CREATE INDEX dislikes_uri ON dislikes (uri) WHERE uri IS NOT NULL;
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
    DROP TABLE dislikes;
    ALTER TABLE posts DROP reactions;
    DROP INDEX reactions_emojis, reactions_emojis_given;
    ALTER TABLE reactions DROP picture;
    DELETE FROM reactions WHERE emoji <> '';
  `)
