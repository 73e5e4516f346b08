import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- What each server answered to what was sent of a post: one row however often it was tried, kept for 30 days.
    CREATE TABLE delivery_answers (
      post_id bigint NOT NULL,
      inbox text NOT NULL,
      activity_type text NOT NULL,
      outcome text NOT NULL CHECK (outcome IN ('delivered', 'refused', 'failed', 'dropped')),
      status smallint,
      detail text,
      tries integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL DEFAULT now(),
      answered_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (post_id, inbox, activity_type)
    );
    -- By the first answer, which no retry changes: later ones rewrite no index.
    CREATE INDEX delivery_answers_age ON delivery_answers (created_at);

    -- What was refused at the inbox, by the host it says to be of and the reason.
    CREATE TABLE inbox_refusals (
      host text NOT NULL,
      reason text NOT NULL,
      count bigint NOT NULL,
      first_at timestamptz NOT NULL DEFAULT now(),
      last_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (host, reason)
    );
    CREATE INDEX inbox_refusals_age ON inbox_refusals (last_at);

    ALTER TABLE outgoing_activities ADD COLUMN type text,
      -- The post whose end it tells: it goes out though that post is gone.
      ADD COLUMN ended_post_id bigint;
    CREATE INDEX outgoing_activities_ended_post ON outgoing_activities (ended_post_id) WHERE ended_post_id IS NOT NULL;

    ALTER TABLE instances
      -- How often in a row the breaker of the host opened, and until when somebody tries whether it is back.
      ADD COLUMN openings integer NOT NULL DEFAULT 0,
      ADD COLUMN probing_until timestamptz,
      ADD COLUMN last_problem text,
      ADD COLUMN recovered_at timestamptz;
    CREATE INDEX instances_unavailable ON instances (probing_until) WHERE unavailable_at IS NOT NULL;

    -- Compared byte by byte, so that what begins alike stands together in their indexes.
    ALTER TABLE owed_work ALTER COLUMN key TYPE text COLLATE "C", ALTER COLUMN lane TYPE text COLLATE "C";
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
    ALTER TABLE owed_work ALTER COLUMN key TYPE text COLLATE "default", ALTER COLUMN lane TYPE text COLLATE "default";
    DROP INDEX instances_unavailable;
    ALTER TABLE instances DROP COLUMN openings, DROP COLUMN probing_until, DROP COLUMN last_problem, DROP COLUMN recovered_at;
    DROP INDEX outgoing_activities_ended_post;
    ALTER TABLE outgoing_activities DROP COLUMN type, DROP COLUMN ended_post_id;
    DROP TABLE inbox_refusals, delivery_answers;
  `)
