import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    ALTER TABLE media DROP CONSTRAINT media_purpose_check;
    ALTER TABLE media ADD CONSTRAINT media_purpose_check
      CHECK (purpose IN ('attachment', 'avatar', 'header', 'emoji', 'preview'));

    -- What a page says about itself, one row for each address that posts link to.
    CREATE TABLE previews (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      url text NOT NULL UNIQUE,
      state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'ready', 'failed')),
      kind text NOT NULL DEFAULT 'link' CHECK (kind IN ('link', 'photo', 'video')),
      title text NOT NULL DEFAULT '',
      description text NOT NULL DEFAULT '',
      language text,
      author_name text NOT NULL DEFAULT '',
      author_url text NOT NULL DEFAULT '',
      provider_name text NOT NULL DEFAULT '',
      provider_url text NOT NULL DEFAULT '',
      html text NOT NULL DEFAULT '',
      embed_url text NOT NULL DEFAULT '',
      width integer NOT NULL DEFAULT 0,
      height integer NOT NULL DEFAULT 0,
      image_description text NOT NULL DEFAULT '',
      medium_id bigint REFERENCES media (id) ON DELETE SET NULL,
      -- The account that the page names as its author; whether it agrees is asked at every look.
      creator_id bigint REFERENCES accounts (id) ON DELETE SET NULL,
      published_at timestamptz,
      -- Nobody asks again before.
      due_at timestamptz NOT NULL DEFAULT now(),
      failures integer NOT NULL DEFAULT 0,
      created_at timestamptz NOT NULL DEFAULT now(),
      -- What staff said: may it trend? Null while nobody has looked.
      is_trendable boolean
    );
    CREATE INDEX previews_medium ON previews (medium_id) WHERE medium_id IS NOT NULL;
    CREATE INDEX previews_creator ON previews (creator_id) WHERE creator_id IS NOT NULL;
    CREATE INDEX previews_age ON previews (created_at);

    CREATE TABLE post_previews (
      post_id bigint PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
      preview_id bigint NOT NULL REFERENCES previews (id) ON DELETE CASCADE
    );
    CREATE INDEX post_previews_preview ON post_previews (preview_id, post_id DESC);
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
    DROP TABLE post_previews, previews;
    DELETE FROM media WHERE purpose = 'preview';
    ALTER TABLE media DROP CONSTRAINT media_purpose_check;
    ALTER TABLE media ADD CONSTRAINT media_purpose_check CHECK (purpose IN ('attachment', 'avatar', 'header', 'emoji'));
  `)
