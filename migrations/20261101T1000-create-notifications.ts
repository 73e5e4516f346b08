import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    CREATE TABLE notifications (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      kind text NOT NULL,
      from_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      post_id bigint REFERENCES posts (id) ON DELETE CASCADE,
      group_key text,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    -- One event, one notification, however often its fact is worked on.
    CREATE UNIQUE INDEX notifications_event ON notifications (account_id, kind, from_id, coalesce(post_id, 0));
    CREATE INDEX notifications_account ON notifications (account_id, id DESC);
    CREATE INDEX notifications_from ON notifications (from_id);
    CREATE INDEX notifications_post ON notifications (post_id) WHERE post_id IS NOT NULL;

    -- Direct messages, one row for each member here and set of participants (TL-18).
    CREATE TABLE conversations (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      participant_ids bigint[] NOT NULL,
      last_post_id bigint NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
      is_unread boolean NOT NULL DEFAULT false,
      UNIQUE (account_id, participant_ids)
    );
    CREATE INDEX conversations_account ON conversations (account_id, last_post_id DESC);
    CREATE INDEX conversations_post ON conversations (last_post_id);

    CREATE TABLE reports (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      reporter_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      target_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      post_ids bigint[] NOT NULL DEFAULT '{}',
      comment text NOT NULL DEFAULT '',
      category text NOT NULL DEFAULT 'other' CHECK (category IN ('spam', 'legal', 'violation', 'other')),
      rule_ids text[] NOT NULL DEFAULT '{}',
      is_forwarded boolean NOT NULL DEFAULT false,
      uri text UNIQUE,
      created_at timestamptz NOT NULL DEFAULT now(),
      resolved_at timestamptz
    );
    CREATE INDEX reports_target ON reports (target_id);
    CREATE INDEX reports_reporter ON reports (reporter_id);
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query('DROP TABLE reports, conversations, notifications')
