import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    CREATE EXTENSION IF NOT EXISTS pg_trgm;

    CREATE TABLE media (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      owner_id bigint NOT NULL,
      post_id bigint,
      position smallint NOT NULL DEFAULT 0,
      purpose text NOT NULL DEFAULT 'attachment' CHECK (purpose IN ('attachment', 'avatar', 'header', 'emoji')),
      kind text NOT NULL DEFAULT 'unknown' CHECK (kind IN ('image', 'gifv', 'video', 'audio', 'unknown')),
      state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'processing', 'ready', 'failed', 'remote')),
      failure text,
      mime_type text,
      upload_key text,
      file_key text,
      preview_key text,
      static_key text,
      remote_url text,
      remote_preview_url text,
      description text,
      focus_x real,
      focus_y real,
      blurhash text,
      meta jsonb NOT NULL DEFAULT '{}',
      bytes bigint,
      created_at timestamptz NOT NULL DEFAULT now(),
      viewed_at timestamptz
    );
    CREATE INDEX media_post ON media (post_id, position) WHERE post_id IS NOT NULL;
    CREATE INDEX media_owner ON media (owner_id, id DESC);
    CREATE INDEX media_unattached ON media (created_at) WHERE post_id IS NULL AND purpose = 'attachment';

    CREATE TABLE accounts (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      -- Null for accounts of this instance.
      domain text,
      username text NOT NULL,
      -- The ActivityPub id; null for accounts of this instance, whose address follows from the row id.
      uri text UNIQUE,
      url text,
      kind text NOT NULL DEFAULT 'person' CHECK (kind IN ('person', 'service', 'group', 'application', 'organization')),
      display_name text NOT NULL DEFAULT '',
      -- As typed, for local accounts only.
      note text NOT NULL DEFAULT '',
      note_html text NOT NULL DEFAULT '',
      fields jsonb NOT NULL DEFAULT '[]',
      emojis jsonb NOT NULL DEFAULT '[]',
      avatar_id bigint REFERENCES media (id) ON DELETE SET NULL,
      header_id bigint REFERENCES media (id) ON DELETE SET NULL,
      is_locked boolean NOT NULL DEFAULT false,
      is_discoverable boolean NOT NULL DEFAULT false,
      is_indexable boolean NOT NULL DEFAULT false,
      hides_collections boolean NOT NULL DEFAULT false,
      is_memorial boolean NOT NULL DEFAULT false,
      inbox_url text,
      shared_inbox_url text,
      outbox_url text,
      followers_url text,
      following_url text,
      featured_url text,
      public_key_id text,
      public_key_pem text,
      also_known_as text[] NOT NULL DEFAULT '{}',
      moved_to_id bigint REFERENCES accounts (id) ON DELETE SET NULL,
      posts_count integer NOT NULL DEFAULT 0,
      followers_count integer NOT NULL DEFAULT 0,
      following_count integer NOT NULL DEFAULT 0,
      last_post_at timestamptz,
      silenced_at timestamptz,
      suspended_at timestamptz,
      gone_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      fetched_at timestamptz
    );
    CREATE UNIQUE INDEX accounts_handle ON accounts (lower(username), coalesce(domain, ''));
    CREATE INDEX accounts_url ON accounts (url) WHERE domain IS NOT NULL;
    CREATE INDEX accounts_domain ON accounts (domain) WHERE domain IS NOT NULL;
    CREATE INDEX accounts_public_key ON accounts (public_key_id) WHERE public_key_id IS NOT NULL;
    CREATE INDEX accounts_followers_url ON accounts (followers_url) WHERE followers_url IS NOT NULL;
    CREATE INDEX accounts_moved_to ON accounts (moved_to_id) WHERE moved_to_id IS NOT NULL;
    CREATE INDEX accounts_avatar ON accounts (avatar_id) WHERE avatar_id IS NOT NULL;
    CREATE INDEX accounts_header ON accounts (header_id) WHERE header_id IS NOT NULL;
    CREATE INDEX accounts_names ON accounts USING gin ((lower(username || ' ' || display_name)) gin_trgm_ops);

    -- Private keys, sealed with the secret of the instance; in no other table, log or queue (federation rule 32).
    CREATE TABLE account_keys (
      account_id bigint PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
      public_pem text NOT NULL,
      private_sealed text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    );

    CREATE TABLE emojis (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      shortcode text NOT NULL,
      domain text,
      uri text,
      medium_id bigint REFERENCES media (id) ON DELETE SET NULL,
      remote_url text,
      category text,
      is_in_picker boolean NOT NULL DEFAULT true,
      is_disabled boolean NOT NULL DEFAULT false,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE UNIQUE INDEX emojis_code ON emojis (shortcode, coalesce(domain, ''));

    -- What was deleted, or undone before it came: stops a late Create or a repeat for 90 days (R-023).
    CREATE TABLE tombstones (
      uri text PRIMARY KEY,
      actor_uri text,
      former_type text,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX tombstones_age ON tombstones (created_at);

    -- Activities that were taken, so that a copy has no second effect (federation rule 42).
    CREATE TABLE received_activities (
      uri text PRIMARY KEY,
      actor_uri text NOT NULL,
      received_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX received_activities_age ON received_activities (received_at);
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query('DROP TABLE received_activities, tombstones, emojis, account_keys, accounts, media')
