import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    CREATE INDEX outgoing_activities_post ON outgoing_activities (post_id) WHERE post_id IS NOT NULL;
    CREATE INDEX outgoing_activities_age ON outgoing_activities (created_at);
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query('DROP INDEX outgoing_activities_post; DROP INDEX outgoing_activities_age')
