import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- With whom the instance speaks where it speaks with allowed domains only; each stands for all below it too.
    CREATE TABLE allowed_domains (
      domain text PRIMARY KEY,
      created_at timestamptz NOT NULL DEFAULT now()
    );
  `)

export const down = (db: QueryInterface) => db.sequelize.query('DROP TABLE allowed_domains')
