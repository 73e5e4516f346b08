import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    ALTER TABLE accounts
      -- When it last moved: it may not move again for a while.
      ADD moved_at timestamptz,
      -- Its Ed25519 keys as Multikeys: objects with id and material.
      ADD assertion_keys jsonb NOT NULL DEFAULT '[]';
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query('ALTER TABLE accounts DROP moved_at, DROP assertion_keys')
