import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- Of the post when its document was made: an older document never replaces a newer one.
    ALTER TABLE post_documents ADD version integer NOT NULL DEFAULT 0;
  `)

export const down = (db: QueryInterface) => db.sequelize.query('ALTER TABLE post_documents DROP version')
