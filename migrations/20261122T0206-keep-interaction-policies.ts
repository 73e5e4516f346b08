import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- Who may answer, like and boost a post, where its author says that not everybody may.
    ALTER TABLE posts ADD COLUMN interaction_policy jsonb;
    -- Answers that the author of what they answer does not want below it.
    CREATE TABLE refused_replies (
      post_id bigint PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
      refused_at timestamptz NOT NULL DEFAULT now()
    );
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query('DROP TABLE refused_replies; ALTER TABLE posts DROP COLUMN interaction_policy')
