import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- Of people who mostly answer, boost, or never show a picture, the few other posts are found at once.
    CREATE INDEX posts_author_media ON posts (author_id, id DESC) WHERE has_media;
    CREATE INDEX posts_author_written ON posts (author_id, id DESC) WHERE boost_of_id IS NULL;
    CREATE INDEX posts_author_unprompted ON posts (author_id, id DESC)
      WHERE reply_to_uri IS NULL AND (reply_to_account_id IS NULL OR reply_to_account_id = author_id);
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query('DROP INDEX posts_author_media, posts_author_written, posts_author_unprompted')
