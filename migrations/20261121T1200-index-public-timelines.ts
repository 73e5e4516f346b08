import type { QueryInterface } from 'sequelize'

const listed = `visibility = 'public' AND boost_of_id IS NULL
  AND (reply_to_account_id IS NULL OR reply_to_account_id = author_id) AND reply_to_uri IS NULL`

// Answers to posts that are not known here are no posts of their own (TL-09); what is narrowed down stays a short read.
export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    DROP INDEX posts_public;
    DROP INDEX posts_public_local;
    CREATE INDEX posts_public ON posts (id DESC) WHERE ${listed};
    CREATE INDEX posts_public_local ON posts (id DESC) WHERE ${listed} AND uri IS NULL;
    CREATE INDEX posts_public_remote ON posts (id DESC) WHERE ${listed} AND uri IS NOT NULL;
    CREATE INDEX posts_public_media ON posts (id DESC) WHERE ${listed} AND has_media;
    CREATE INDEX posts_public_local_media ON posts (id DESC) WHERE ${listed} AND uri IS NULL AND has_media;
    CREATE INDEX posts_public_remote_media ON posts (id DESC) WHERE ${listed} AND uri IS NOT NULL AND has_media;
  `)

const before = `visibility = 'public' AND boost_of_id IS NULL
  AND (reply_to_account_id IS NULL OR reply_to_account_id = author_id)`

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
    DROP INDEX posts_public, posts_public_local, posts_public_remote, posts_public_media, posts_public_local_media,
      posts_public_remote_media;
    CREATE INDEX posts_public ON posts (id DESC) WHERE ${before};
    CREATE INDEX posts_public_local ON posts (id DESC) WHERE uri IS NULL AND ${before};
  `)
