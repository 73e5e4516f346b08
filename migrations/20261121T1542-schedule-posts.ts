import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- What members wrote to be published later.
    CREATE TABLE scheduled_posts (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      app_id bigint REFERENCES oauth_apps (id) ON DELETE SET NULL,
      -- As it was asked for: what is absent follows the preferences of its time.
      draft jsonb NOT NULL,
      media_ids bigint[] NOT NULL DEFAULT '{}',
      scheduled_at timestamptz NOT NULL,
      -- When it could not be published: what it answers is gone, say. It waits for another time, or its end.
      failed_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX scheduled_posts_account ON scheduled_posts (account_id, id DESC);
    CREATE INDEX scheduled_posts_due ON scheduled_posts (scheduled_at) WHERE failed_at IS NULL;
    CREATE INDEX scheduled_posts_app ON scheduled_posts (app_id) WHERE app_id IS NOT NULL;

    -- A key may stand for a post that comes later, and for that post once it is there (POST-02).
    ALTER TABLE idempotency_keys ADD scheduled_id bigint REFERENCES scheduled_posts (id) ON DELETE SET NULL;
    CREATE INDEX idempotency_keys_scheduled ON idempotency_keys (scheduled_id);
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query('ALTER TABLE idempotency_keys DROP scheduled_id; DROP TABLE scheduled_posts')
