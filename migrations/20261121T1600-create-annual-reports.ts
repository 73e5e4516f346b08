import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    CREATE TABLE annual_reports (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      year smallint NOT NULL,
      -- Null while it is being made.
      data jsonb,
      read_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      UNIQUE (account_id, year)
    );
  `)

export const down = (db: QueryInterface) => db.sequelize.query('DROP TABLE annual_reports')
