import type { QueryInterface } from 'sequelize'

// Whose view of posts a row decides; the expression names accounts by columns of the row.
const deciding = {
  blocks: 'unnest(ARRAY[blocker_id, blocked_id])',
  bookmarks: 'account_id',
  domain_blocks: 'account_id',
  follows: 'follower_id',
  mutes: 'muter_id',
  thread_mutes: 'account_id',
}
const events = { INSERT: 'NEW', UPDATE: 'NEW', DELETE: 'OLD' }

const triggers = (table: string, call: string): string =>
  Object.entries(events)
    .map(
      ([event, which]) => `
    CREATE TRIGGER ${table}_touch_views_on_${event.toLowerCase()} AFTER ${event} ON ${table}
      REFERENCING ${which} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ${call};`,
    )
    .join('')

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- Raised by whatever changes how the member sees posts of others, so that pages that were kept can be told from new ones.
    ALTER TABLE users ADD views_version bigint NOT NULL DEFAULT 0;

    -- In the order of their ids, so that two who block each other at once do not wait for each other.
    CREATE FUNCTION touch_views() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      EXECUTE format('WITH held AS MATERIALIZED (
          SELECT id FROM users WHERE account_id IN (SELECT %s FROM changed) ORDER BY id FOR NO KEY UPDATE)
        UPDATE users SET views_version = views_version + 1 FROM held WHERE users.id = held.id', TG_ARGV[0]);
      RETURN NULL;
    END $$;
    ${Object.entries(deciding)
      .map(([table, accounts]) => triggers(table, `touch_views('${accounts}')`))
      .join('')}

    -- Whether a quote is shown is decided later, and elsewhere.
    CREATE FUNCTION touch_quotes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE posts SET version = version + 1 WHERE id IN (SELECT post_id FROM changed);
      RETURN NULL;
    END $$;
    ${triggers('quotes', 'touch_quotes()')}
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query('DROP FUNCTION touch_views, touch_quotes CASCADE; ALTER TABLE users DROP views_version')
