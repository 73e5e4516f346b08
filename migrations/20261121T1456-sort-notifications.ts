import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- Apps read the ids of notifications as JSON numbers, which hold 53 bits (TRIP-07, TRIP-08): they are counted.
    UPDATE markers AS k SET last_read_id = (SELECT count(*) FROM notifications AS n WHERE n.id <= k.last_read_id)
      WHERE timeline = 'notifications';
    UPDATE notifications AS n SET id = r.place
      FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM notifications) AS r WHERE r.id = n.id;
    CREATE SEQUENCE notifications_id_seq OWNED BY notifications.id;
    SELECT setval('notifications_id_seq', (SELECT count(*) + 1 FROM notifications), false);
    ALTER TABLE notifications ALTER id SET DEFAULT nextval('notifications_id_seq'),
      ADD is_filtered boolean NOT NULL DEFAULT false,
      -- What it is about beside a post: a report, a severance, a warning, a collection, a year; the kind says which.
      ADD subject_id bigint;
    UPDATE notifications SET subject_id = report_id;
    DROP INDEX notifications_event;
    ALTER TABLE notifications DROP report_id;
    CREATE UNIQUE INDEX notifications_event ON notifications (account_id, kind, from_id, coalesce(post_id, subject_id, 0));
    CREATE INDEX notifications_subject ON notifications (subject_id, kind) WHERE subject_id IS NOT NULL;
    DROP INDEX notifications_account, notifications_from;
    CREATE INDEX notifications_account ON notifications (account_id, id DESC) WHERE NOT is_filtered;
    CREATE INDEX notifications_filtered ON notifications (account_id, id DESC) WHERE is_filtered;
    CREATE INDEX notifications_kind ON notifications (account_id, kind, id DESC) WHERE NOT is_filtered;
    CREATE INDEX notifications_from ON notifications (from_id, account_id, id DESC);

    -- Whose notifications a member takes, puts aside or throws away (NOTE-06).
    CREATE TABLE notification_policies (
      account_id bigint PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
      for_not_following text NOT NULL DEFAULT 'accept' CHECK (for_not_following IN ('accept', 'filter', 'drop')),
      for_not_followers text NOT NULL DEFAULT 'accept' CHECK (for_not_followers IN ('accept', 'filter', 'drop')),
      for_new_accounts text NOT NULL DEFAULT 'accept' CHECK (for_new_accounts IN ('accept', 'filter', 'drop')),
      for_private_mentions text NOT NULL DEFAULT 'filter' CHECK (for_private_mentions IN ('accept', 'filter', 'drop')),
      for_limited_accounts text NOT NULL DEFAULT 'filter' CHECK (for_limited_accounts IN ('accept', 'filter', 'drop')),
      for_bots text NOT NULL DEFAULT 'accept' CHECK (for_bots IN ('accept', 'filter', 'drop'))
    );

    -- Senders who wait until the member lets them in or waves them off (NOTE-08).
    CREATE TABLE notification_requests (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      from_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      UNIQUE (account_id, from_id)
    );
    CREATE INDEX notification_requests_account ON notification_requests (account_id, id DESC);
    CREATE INDEX notification_requests_from ON notification_requests (from_id);

    -- Senders who were let in; what they had sent before is moved into the list afterwards (NOTE-09).
    CREATE TABLE notification_permissions (
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      from_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      merged_at timestamptz,
      PRIMARY KEY (account_id, from_id)
    );
    CREATE INDEX notification_permissions_from ON notification_permissions (from_id);

    -- Relations that members lost because a domain was blocked or an account suspended.
    CREATE TABLE severances (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      reason text NOT NULL CHECK (reason IN ('domain_block', 'user_domain_block', 'account_suspension')),
      target_name text NOT NULL,
      followers_count integer NOT NULL,
      following_count integer NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX severances_account ON severances (account_id);

    -- What moderators have told a member.
    CREATE TABLE warnings (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      action text NOT NULL CHECK (action IN
        ('none', 'disable', 'mark_statuses_as_sensitive', 'delete_statuses', 'sensitive', 'silence', 'suspend')),
      text text NOT NULL DEFAULT '',
      post_ids bigint[] NOT NULL DEFAULT '{}',
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX warnings_account ON warnings (account_id);
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
    DROP TABLE warnings, severances, notification_permissions, notification_requests, notification_policies;
    DELETE FROM notifications WHERE is_filtered OR (subject_id IS NOT NULL AND kind <> 'admin.report');
    DROP INDEX notifications_event, notifications_account, notifications_filtered, notifications_kind, notifications_from;
    ALTER TABLE notifications ALTER id SET DEFAULT kith_id(), DROP is_filtered,
      ADD report_id bigint REFERENCES reports (id) ON DELETE CASCADE;
    DROP SEQUENCE notifications_id_seq;
    UPDATE notifications SET report_id = subject_id;
    ALTER TABLE notifications DROP subject_id;
    CREATE UNIQUE INDEX notifications_event ON notifications (account_id, kind, from_id, coalesce(post_id, report_id, 0));
    CREATE INDEX notifications_report ON notifications (report_id) WHERE report_id IS NOT NULL;
    CREATE INDEX notifications_account ON notifications (account_id, id DESC);
    CREATE INDEX notifications_from ON notifications (from_id);
  `)
