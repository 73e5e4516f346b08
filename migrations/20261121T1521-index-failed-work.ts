import type { QueryInterface } from 'sequelize'

// Only what failed stands in it, so that work which goes well costs nothing more.
export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    CREATE INDEX owed_work_failed ON owed_work (kind, lane COLLATE "C")
      WHERE dead_at IS NULL AND lane IS NOT NULL AND first_failed_at IS NOT NULL
  `)

export const down = (db: QueryInterface) => db.sequelize.query('DROP INDEX owed_work_failed')
