import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- What waits from one sender: few rows, whatever else they sent.
    CREATE INDEX notifications_waiting ON notifications (account_id, from_id, id DESC) WHERE is_filtered;
  `)

export const down = (db: QueryInterface) => db.sequelize.query('DROP INDEX notifications_waiting')
