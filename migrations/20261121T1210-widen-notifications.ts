import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- What moderators are told of.
    ALTER TABLE notifications ADD report_id bigint REFERENCES reports (id) ON DELETE CASCADE;
    CREATE INDEX notifications_report ON notifications (report_id) WHERE report_id IS NOT NULL;
    DROP INDEX notifications_event;
    CREATE UNIQUE INDEX notifications_event ON notifications (account_id, kind, from_id, coalesce(post_id, report_id, 0));
    CREATE INDEX notifications_group ON notifications (account_id, group_key, id DESC) WHERE group_key IS NOT NULL;

    -- The posts of a conversation: the last of them may be deleted (TL-18).
    CREATE TABLE conversation_posts (
      conversation_id bigint NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
      post_id bigint NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
      PRIMARY KEY (conversation_id, post_id)
    );
    CREATE INDEX conversation_posts_post ON conversation_posts (post_id);
    INSERT INTO conversation_posts (conversation_id, post_id) SELECT id, last_post_id FROM conversations;
    ALTER TABLE conversations ALTER last_post_id DROP NOT NULL,
      DROP CONSTRAINT conversations_last_post_id_fkey,
      ADD CONSTRAINT conversations_last_post_id_fkey FOREIGN KEY (last_post_id) REFERENCES posts (id) ON DELETE SET NULL;
    CREATE INDEX conversations_headless ON conversations (id) WHERE last_post_id IS NULL;

    -- How far a member has read a timeline (MISC-09).
    CREATE TABLE markers (
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      timeline text NOT NULL CHECK (timeline IN ('home', 'notifications')),
      last_read_id bigint NOT NULL,
      version integer NOT NULL DEFAULT 1,
      updated_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (account_id, timeline)
    );
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
    DROP TABLE markers, conversation_posts;
    DELETE FROM conversations WHERE last_post_id IS NULL;
    DROP INDEX conversations_headless;
    ALTER TABLE conversations ALTER last_post_id SET NOT NULL,
      DROP CONSTRAINT conversations_last_post_id_fkey,
      ADD CONSTRAINT conversations_last_post_id_fkey FOREIGN KEY (last_post_id) REFERENCES posts (id) ON DELETE CASCADE;
    DROP INDEX notifications_group;
    DROP INDEX notifications_event;
    ALTER TABLE notifications DROP report_id;
    CREATE UNIQUE INDEX notifications_event ON notifications (account_id, kind, from_id, coalesce(post_id, 0));
  `)
