import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    CREATE SEQUENCE kith_ids MAXVALUE 9223372036854775807 CYCLE;

    -- Milliseconds since 1970 shifted left by 16, plus 16 bits of sequence: in order of time, unique over all processes.
    CREATE FUNCTION kith_id(at timestamptz DEFAULT clock_timestamp()) RETURNS bigint LANGUAGE sql VOLATILE AS $$
      SELECT ((extract(epoch FROM at) * 1000)::bigint << 16) | (nextval('kith_ids') & 65535)
    $$;

    CREATE TABLE owed_work (
      id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
      kind text NOT NULL,
      payload jsonb NOT NULL,
      key text,
      lane text,
      due_at timestamptz NOT NULL DEFAULT now(),
      created_at timestamptz NOT NULL DEFAULT now(),
      attempts integer NOT NULL DEFAULT 0,
      lease bigint NOT NULL DEFAULT 0,
      -- When the holder's lease ends; null while nobody holds it. A holder that died leaves it set.
      leased_until timestamptz,
      crashes integer NOT NULL DEFAULT 0,
      last_error text,
      first_failed_at timestamptz,
      last_failed_at timestamptz,
      dead_at timestamptz
    );
    -- What is due, oldest first (a claim moves due_at to the end of its lease): claims and the sweep cost the same whatever the backlog.
    CREATE INDEX owed_work_due ON owed_work (kind, due_at, id) WHERE dead_at IS NULL;
    CREATE UNIQUE INDEX owed_work_key ON owed_work (kind, key) WHERE key IS NOT NULL;
    CREATE INDEX owed_work_lane ON owed_work (kind, lane, id) WHERE lane IS NOT NULL AND dead_at IS NULL;
    CREATE INDEX owed_work_dead ON owed_work (dead_at) WHERE dead_at IS NOT NULL;

    CREATE TABLE settings (
      key text PRIMARY KEY,
      value jsonb NOT NULL,
      updated_at timestamptz NOT NULL DEFAULT now()
    );
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(
    'DROP TABLE settings, owed_work; DROP FUNCTION kith_id(timestamptz); DROP SEQUENCE kith_ids',
  )
