import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query('CREATE INDEX push_subscriptions_endpoint ON push_subscriptions USING hash (endpoint)')

export const down = (db: QueryInterface) => db.sequelize.query('DROP INDEX push_subscriptions_endpoint')
