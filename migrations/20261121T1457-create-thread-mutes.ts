import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- Conversations that a member wants to hear no more of (STAT-28); the thread is named as posts name it.
    CREATE TABLE thread_mutes (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      thread_id bigint NOT NULL,
      UNIQUE (account_id, thread_id)
    );
    CREATE INDEX thread_mutes_thread ON thread_mutes (thread_id);
  `)

export const down = (db: QueryInterface) => db.sequelize.query('DROP TABLE thread_mutes')
