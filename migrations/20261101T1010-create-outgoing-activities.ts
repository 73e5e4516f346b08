import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- An activity that goes out, once, however many inboxes it goes to; its deliveries are owed work.
    CREATE TABLE outgoing_activities (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      uri text NOT NULL UNIQUE,
      sender_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      -- The post it is about: when that is gone, it does not go out any more (federation rule 179).
      post_id bigint,
      body text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX outgoing_activities_sender ON outgoing_activities (sender_id);
  `)

export const down = (db: QueryInterface) => db.sequelize.query('DROP TABLE outgoing_activities')
