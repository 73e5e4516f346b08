import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- Also of posts that only some may find: whoever wrote and liked a lot must not have all of it looked through.
    DROP INDEX post_documents_words;
    CREATE INDEX post_documents_words ON post_documents USING gin (words);
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
    DROP INDEX post_documents_words;
    CREATE INDEX post_documents_words ON post_documents USING gin (words) WHERE is_open;
  `)
