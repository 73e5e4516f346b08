import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- Who may reply to, like and boost what a member posts, by visibility, when an app says nothing; null: everybody.
    ALTER TABLE users ADD interaction_policies jsonb;
  `)

export const down = (db: QueryInterface) => db.sequelize.query('ALTER TABLE users DROP interaction_policies')
