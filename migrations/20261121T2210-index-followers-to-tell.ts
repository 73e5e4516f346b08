import type { QueryInterface } from 'sequelize'

/** Every new post asks who wants to be told of its author; those are few of the followers. */
export const up = (db: QueryInterface) =>
  db.sequelize.query('CREATE INDEX follows_to_tell ON follows (followed_id) WHERE notifies')

export const down = (db: QueryInterface) => db.sequelize.query('DROP INDEX follows_to_tell')
