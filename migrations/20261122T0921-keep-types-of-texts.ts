import type { QueryInterface } from 'sequelize'

/** What another server says a post was written in is kept beside its HTML; text of members is plain. */
export const up = (db: QueryInterface) => db.sequelize.query('ALTER TABLE posts ADD COLUMN text_type text')

export const down = (db: QueryInterface) => db.sequelize.query('ALTER TABLE posts DROP COLUMN text_type')
