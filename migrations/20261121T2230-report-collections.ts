import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`ALTER TABLE reports ADD collection_ids bigint[] NOT NULL DEFAULT '{}'`)

export const down = (db: QueryInterface) => db.sequelize.query('ALTER TABLE reports DROP collection_ids')
