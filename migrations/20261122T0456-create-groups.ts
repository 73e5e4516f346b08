import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    CREATE TABLE groups (
      account_id bigint PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
      -- Nobody else posts or votes.
      requires_membership boolean NOT NULL DEFAULT true,
      -- Only moderators begin threads.
      is_restricted boolean NOT NULL DEFAULT false,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    -- Who follows a group is a member of it; here stands who is more.
    CREATE TABLE group_roles (
      group_id bigint NOT NULL REFERENCES groups (account_id) ON DELETE CASCADE,
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      role text NOT NULL CHECK (role IN ('owner', 'admin', 'moderator')),
      created_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (group_id, account_id)
    );
    CREATE UNIQUE INDEX group_roles_owner ON group_roles (group_id) WHERE role = 'owner';
    CREATE INDEX group_roles_account ON group_roles (account_id);
    -- What moderators decided about a post.
    CREATE TABLE group_marks (
      post_id bigint PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
      group_id bigint NOT NULL REFERENCES groups (account_id) ON DELETE CASCADE,
      -- Nobody but moderators answers in its thread.
      locked_at timestamptz,
      pinned_at timestamptz,
      removed_at timestamptz
    );
    CREATE INDEX group_marks_group ON group_marks (group_id, pinned_at);
    ALTER TABLE posts ADD COLUMN group_id bigint REFERENCES accounts (id) ON DELETE SET NULL;
    CREATE INDEX posts_group ON posts (group_id, id) WHERE group_id IS NOT NULL;
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
    ALTER TABLE posts DROP COLUMN group_id;
    DROP TABLE group_marks;
    DROP TABLE group_roles;
    DROP TABLE groups;
  `)
