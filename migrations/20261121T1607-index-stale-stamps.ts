import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    CREATE INDEX quotes_stale ON quotes (coalesce(checked_at, changed_at))
      WHERE stamp_uri IS NOT NULL AND state IN ('pending', 'accepted');
  `)

export const down = (db: QueryInterface) => db.sequelize.query('DROP INDEX quotes_stale')
