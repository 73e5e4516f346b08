import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    ALTER TABLE media
      -- Who works on it: a number that each holder raises, and until when it is theirs. While a medium elsewhere cannot
      -- be had, also the time before which nobody asks again.
      ADD lease integer NOT NULL DEFAULT 0,
      ADD leased_until timestamptz,
      -- Since when it belongs to no post, and until when it is promised to one that will be.
      ADD loose_since timestamptz NOT NULL DEFAULT now(),
      ADD held_until timestamptz;

    CREATE INDEX media_unfinished ON media (created_at) WHERE state IN ('waiting', 'processing');
    CREATE INDEX media_mirrored ON media (viewed_at) WHERE remote_url IS NOT NULL AND viewed_at IS NOT NULL;
    DROP INDEX media_unattached;
    CREATE INDEX media_loose ON media (loose_since) WHERE post_id IS NULL;
    CREATE INDEX emojis_medium ON emojis (medium_id) WHERE medium_id IS NOT NULL;

    -- Posts are deleted in many ways, by cascades too; whichever it is, the day of grace begins with it (STAT-20).
    CREATE FUNCTION loosen_medium() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.loose_since := now();
        RETURN NEW;
      END
    $$;
    CREATE TRIGGER loosen_medium BEFORE UPDATE OF post_id ON media FOR EACH ROW
      WHEN (OLD.post_id IS NOT NULL AND NEW.post_id IS NULL) EXECUTE FUNCTION loosen_medium();
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
    DROP TRIGGER loosen_medium ON media;
    DROP FUNCTION loosen_medium;
    DROP INDEX emojis_medium, media_loose;
    CREATE INDEX media_unattached ON media (created_at) WHERE post_id IS NULL AND purpose = 'attachment';
    DROP INDEX media_mirrored, media_unfinished;
    ALTER TABLE media DROP lease, DROP leased_until, DROP loose_since, DROP held_until;
  `)
