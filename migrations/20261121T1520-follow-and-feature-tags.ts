import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    CREATE TABLE tag_follows (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      hashtag_id bigint NOT NULL REFERENCES hashtags (id) ON DELETE CASCADE,
      UNIQUE (account_id, hashtag_id)
    );
    CREATE INDEX tag_follows_account ON tag_follows (account_id, id DESC);
    CREATE INDEX tag_follows_hashtag ON tag_follows (hashtag_id, account_id);

    CREATE TABLE featured_tags (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      hashtag_id bigint NOT NULL REFERENCES hashtags (id) ON DELETE CASCADE,
      -- In the case its owner wrote it.
      display_name text NOT NULL,
      UNIQUE (account_id, hashtag_id)
    );
    CREATE INDEX featured_tags_hashtag ON featured_tags (hashtag_id);

    -- Who wrote the post: how many people use a hashtag, and how often one of them does, are then short reads.
    ALTER TABLE post_hashtags ADD author_id bigint;
    UPDATE post_hashtags AS h SET author_id = p.author_id FROM posts AS p WHERE p.id = h.post_id;
    CREATE INDEX post_hashtags_author ON post_hashtags (author_id, hashtag_id, post_id DESC);
    DROP INDEX post_hashtags_timeline;
    CREATE INDEX post_hashtags_timeline ON post_hashtags (hashtag_id, post_id DESC) INCLUDE (author_id) WHERE is_public;
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
    DROP INDEX post_hashtags_timeline;
    CREATE INDEX post_hashtags_timeline ON post_hashtags (hashtag_id, post_id DESC) WHERE is_public;
    ALTER TABLE post_hashtags DROP author_id;
    DROP TABLE featured_tags, tag_follows;
  `)
