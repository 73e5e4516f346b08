import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- Hosts whose NodeInfo was not read for a day are looked for every minute.
    CREATE INDEX instances_nodeinfo ON instances (nodeinfo_fetched_at NULLS FIRST) WHERE unavailable_at IS NULL;
  `)

export const down = (db: QueryInterface) => db.sequelize.query('DROP INDEX instances_nodeinfo')
