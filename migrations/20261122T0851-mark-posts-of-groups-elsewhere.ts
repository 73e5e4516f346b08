import type { QueryInterface } from 'sequelize'

const refer = (to: string): string =>
  ['group_marks', 'group_roles']
    .map(
      (table) => `ALTER TABLE ${table} DROP CONSTRAINT ${table}_group_id_fkey;
        ALTER TABLE ${table} ADD FOREIGN KEY (group_id) REFERENCES ${to} ON DELETE CASCADE;`,
    )
    .join('\n')

/** What moderators of groups elsewhere decided is kept as that of groups here; how such a group is stands in its account. */
export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    ${refer('accounts (id)')}
    -- Of groups elsewhere: where it lists its moderators, and whether they alone begin threads.
    ALTER TABLE accounts ADD COLUMN moderators_url text, ADD COLUMN restricts_posting boolean NOT NULL DEFAULT false;
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
    ALTER TABLE accounts DROP COLUMN moderators_url, DROP COLUMN restricts_posting;
    DELETE FROM group_marks WHERE group_id NOT IN (SELECT account_id FROM groups);
    DELETE FROM group_roles WHERE group_id NOT IN (SELECT account_id FROM groups);
    ${refer('groups (account_id)')}
  `)
