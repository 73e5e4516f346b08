import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    CREATE TABLE posts (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      author_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      -- The ActivityPub id; null for posts made here, whose address follows from author and row id.
      uri text UNIQUE,
      url text,
      boost_of_id bigint REFERENCES posts (id) ON DELETE CASCADE,
      reply_to_id bigint REFERENCES posts (id) ON DELETE SET NULL,
      reply_to_account_id bigint REFERENCES accounts (id) ON DELETE SET NULL,
      -- The ActivityPub id of the parent while the parent is not here yet.
      reply_to_uri text,
      -- The first post of the conversation; its own id for a post that starts one.
      thread_id bigint NOT NULL,
      conversation_uri text,
      visibility text NOT NULL CHECK (visibility IN ('public', 'unlisted', 'private', 'direct')),
      -- As typed, for posts made here.
      text text NOT NULL DEFAULT '',
      html text NOT NULL DEFAULT '',
      spoiler_text text NOT NULL DEFAULT '',
      is_sensitive boolean NOT NULL DEFAULT false,
      language text,
      emojis jsonb NOT NULL DEFAULT '[]',
      app_id bigint REFERENCES oauth_apps (id) ON DELETE SET NULL,
      has_media boolean NOT NULL DEFAULT false,
      replies_count integer NOT NULL DEFAULT 0,
      boosts_count integer NOT NULL DEFAULT 0,
      favourites_count integer NOT NULL DEFAULT 0,
      pinned_at timestamptz,
      published_at timestamptz NOT NULL DEFAULT now(),
      received_at timestamptz NOT NULL DEFAULT now(),
      edited_at timestamptz,
      -- Raised by every change that shows, so that rendered copies can be told apart.
      version integer NOT NULL DEFAULT 1
    );
    CREATE UNIQUE INDEX posts_one_boost ON posts (author_id, boost_of_id) WHERE boost_of_id IS NOT NULL;
    CREATE INDEX posts_author ON posts (author_id, id DESC);
    CREATE INDEX posts_author_pinned ON posts (author_id, pinned_at DESC) WHERE pinned_at IS NOT NULL;
    CREATE INDEX posts_boost_of ON posts (boost_of_id, id DESC) WHERE boost_of_id IS NOT NULL;
    CREATE INDEX posts_reply_to ON posts (reply_to_id, id) WHERE reply_to_id IS NOT NULL;
    CREATE INDEX posts_reply_to_account ON posts (reply_to_account_id) WHERE reply_to_account_id IS NOT NULL;
    CREATE INDEX posts_reply_to_uri ON posts (reply_to_uri) WHERE reply_to_uri IS NOT NULL;
    CREATE INDEX posts_thread ON posts (thread_id, id);
    CREATE INDEX posts_url ON posts (url) WHERE url IS NOT NULL;
    CREATE INDEX posts_app ON posts (app_id) WHERE app_id IS NOT NULL;
    -- The public timelines: no boosts, no replies to others (TL-09).
    CREATE INDEX posts_public ON posts (id DESC)
      WHERE visibility = 'public' AND boost_of_id IS NULL AND (reply_to_account_id IS NULL OR reply_to_account_id = author_id);
    CREATE INDEX posts_public_local ON posts (id DESC)
      WHERE visibility = 'public' AND uri IS NULL AND boost_of_id IS NULL
        AND (reply_to_account_id IS NULL OR reply_to_account_id = author_id);

    ALTER TABLE media ADD FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE SET NULL;

    CREATE TABLE mentions (
      post_id bigint NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      position smallint NOT NULL DEFAULT 0,
      -- Addressed without being named in the text.
      is_silent boolean NOT NULL DEFAULT false,
      PRIMARY KEY (post_id, account_id)
    );
    CREATE INDEX mentions_account ON mentions (account_id, post_id DESC);

    CREATE TABLE hashtags (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      name text NOT NULL UNIQUE,
      display_name text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    );

    CREATE TABLE post_hashtags (
      post_id bigint NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
      hashtag_id bigint NOT NULL REFERENCES hashtags (id) ON DELETE CASCADE,
      position smallint NOT NULL DEFAULT 0,
      is_public boolean NOT NULL,
      PRIMARY KEY (post_id, hashtag_id)
    );
    CREATE INDEX post_hashtags_timeline ON post_hashtags (hashtag_id, post_id DESC) WHERE is_public;

    CREATE TABLE post_edits (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      post_id bigint NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
      text text NOT NULL,
      html text NOT NULL,
      spoiler_text text NOT NULL,
      is_sensitive boolean NOT NULL,
      emojis jsonb NOT NULL DEFAULT '[]',
      -- The attachments and the poll options as they were then.
      media jsonb NOT NULL DEFAULT '[]',
      poll_options jsonb,
      created_at timestamptz NOT NULL
    );
    CREATE INDEX post_edits_post ON post_edits (post_id, id);

    CREATE TABLE bookmarks (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      post_id bigint NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
      UNIQUE (account_id, post_id)
    );
    CREATE INDEX bookmarks_account ON bookmarks (account_id, id DESC);
    CREATE INDEX bookmarks_post ON bookmarks (post_id);

    -- A favourite is the reaction without an emoji.
    CREATE TABLE reactions (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      post_id bigint NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
      emoji text NOT NULL DEFAULT '',
      uri text,
      UNIQUE (account_id, post_id, emoji)
    );
    CREATE INDEX reactions_post ON reactions (post_id, id DESC);
    CREATE INDEX reactions_favourites ON reactions (account_id, id DESC) WHERE emoji = '';
    CREATE INDEX reactions_uri ON reactions (uri) WHERE uri IS NOT NULL;

    CREATE TABLE polls (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      post_id bigint NOT NULL UNIQUE REFERENCES posts (id) ON DELETE CASCADE,
      options text[] NOT NULL,
      tallies integer[] NOT NULL,
      voters_count integer,
      is_multiple boolean NOT NULL DEFAULT false,
      hides_totals boolean NOT NULL DEFAULT false,
      expires_at timestamptz,
      closed_at timestamptz,
      fetched_at timestamptz
    );
    CREATE INDEX polls_due ON polls (expires_at) WHERE closed_at IS NULL AND expires_at IS NOT NULL;

    CREATE TABLE votes (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      poll_id bigint NOT NULL REFERENCES polls (id) ON DELETE CASCADE,
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      choice smallint NOT NULL,
      uri text,
      UNIQUE (poll_id, account_id, choice)
    );
    CREATE INDEX votes_account ON votes (account_id);

    CREATE TABLE idempotency_keys (
      user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      key text NOT NULL,
      body_hash text NOT NULL,
      post_id bigint REFERENCES posts (id) ON DELETE CASCADE,
      created_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (user_id, key)
    );
    CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
    CREATE INDEX idempotency_keys_post ON idempotency_keys (post_id);
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(
    'ALTER TABLE media DROP CONSTRAINT media_post_id_fkey; DROP TABLE idempotency_keys, votes, polls, reactions, bookmarks, post_edits, post_hashtags, hashtags, mentions, posts',
  )
