import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    CREATE TABLE announcements (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      text text NOT NULL,
      html text NOT NULL,
      -- Whom and what the text speaks of, as clients read it.
      mentions jsonb NOT NULL DEFAULT '[]',
      posts jsonb NOT NULL DEFAULT '[]',
      hashtags jsonb NOT NULL DEFAULT '[]',
      emojis jsonb NOT NULL DEFAULT '[]',
      starts_at timestamptz,
      ends_at timestamptz,
      is_all_day boolean NOT NULL DEFAULT false,
      -- When it will be published by itself; null for one that is published or waits for a hand.
      scheduled_at timestamptz,
      published_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX announcements_published ON announcements (id) WHERE published_at IS NOT NULL;
    CREATE INDEX announcements_due ON announcements (scheduled_at) WHERE scheduled_at IS NOT NULL;

    CREATE TABLE announcement_dismissals (
      announcement_id bigint NOT NULL REFERENCES announcements (id) ON DELETE CASCADE,
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      PRIMARY KEY (announcement_id, account_id)
    );
    CREATE INDEX announcement_dismissals_account ON announcement_dismissals (account_id);

    CREATE TABLE announcement_reactions (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      announcement_id bigint NOT NULL REFERENCES announcements (id) ON DELETE CASCADE,
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      -- An emoji, or the code of a custom one.
      name text NOT NULL,
      UNIQUE (announcement_id, name, account_id)
    );
    CREATE INDEX announcement_reactions_account ON announcement_reactions (account_id);
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query('DROP TABLE announcement_reactions, announcement_dismissals, announcements')
