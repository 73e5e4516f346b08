import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- The Ed25519 key of an account, sealed; it is made when it is needed first.
    ALTER TABLE account_keys ADD COLUMN proof_sealed text;
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query('ALTER TABLE account_keys DROP COLUMN proof_sealed')
