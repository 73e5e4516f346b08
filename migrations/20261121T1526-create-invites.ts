import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    CREATE TABLE invites (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      code text NOT NULL UNIQUE,
      -- What it is for, in the words of who made it.
      note text NOT NULL DEFAULT '',
      max_uses integer CHECK (max_uses > 0),
      uses integer NOT NULL DEFAULT 0,
      expires_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    ALTER TABLE users ADD COLUMN invite_id bigint REFERENCES invites (id) ON DELETE SET NULL;
    CREATE INDEX users_invite ON users (invite_id) WHERE invite_id IS NOT NULL;
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query('ALTER TABLE users DROP COLUMN invite_id; DROP TABLE invites')
