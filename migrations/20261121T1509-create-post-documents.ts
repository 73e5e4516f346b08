import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- What search knows of a post. Its own table, as counters of posts change often and words hardly ever.
    CREATE TABLE post_documents (
      post_id bigint PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
      -- For every member to find: public, by somebody who wants to be found.
      is_open boolean NOT NULL,
      words tsvector NOT NULL
    );
    CREATE INDEX post_documents_words ON post_documents USING gin (words) WHERE is_open;
    CREATE INDEX post_documents_open ON post_documents (post_id DESC) WHERE is_open;

    -- How far an index has been built, from the newest post down; null when it is whole.
    CREATE TABLE search_builds (
      engine text PRIMARY KEY,
      next_id bigint,
      started_at timestamptz NOT NULL DEFAULT now()
    );
    -- What was written before there was an index is indexed by the workers.
    INSERT INTO search_builds (engine, next_id) VALUES ('postgres', 9223372036854775807);

    -- Beginnings of names, whatever the collation.
    CREATE INDEX hashtags_beginning ON hashtags (name text_pattern_ops);
    -- What staff said of a hashtag: may it be found, may it trend (null: nobody has looked), when they looked.
    ALTER TABLE hashtags ADD is_listable boolean NOT NULL DEFAULT true, ADD is_trendable boolean, ADD reviewed_at timestamptz;
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(
    'ALTER TABLE hashtags DROP is_listable, DROP is_trendable, DROP reviewed_at; DROP INDEX hashtags_beginning; DROP TABLE search_builds, post_documents',
  )
