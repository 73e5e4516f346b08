import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- When the stamp was last seen where it is served.
    ALTER TABLE interaction_requests ADD COLUMN checked_at timestamptz;
    CREATE INDEX interaction_requests_stale ON interaction_requests (coalesce(checked_at, answered_at))
      WHERE stamp_uri IS NOT NULL AND state IN ('accepted');
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(
    'DROP INDEX interaction_requests_stale; ALTER TABLE interaction_requests DROP COLUMN checked_at',
  )
