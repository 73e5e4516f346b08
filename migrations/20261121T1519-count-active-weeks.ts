import type { QueryInterface } from 'sequelize'

// Which members were here in which week (INST-22); kept for a quarter of a year.
export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    CREATE TABLE active_weeks (
      week timestamptz NOT NULL,
      user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      PRIMARY KEY (week, user_id)
    );
    CREATE INDEX active_weeks_user ON active_weeks (user_id);
  `)

export const down = (db: QueryInterface) => db.sequelize.query('DROP TABLE active_weeks')
