import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    CREATE TABLE users (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      account_id bigint NOT NULL UNIQUE REFERENCES accounts (id) ON DELETE CASCADE,
      email text NOT NULL,
      password_hash text NOT NULL,
      role text NOT NULL DEFAULT 'user' CHECK (role IN ('owner', 'admin', 'moderator', 'user')),
      locale text NOT NULL DEFAULT 'en',
      confirmed_at timestamptz,
      approved_at timestamptz,
      disabled_at timestamptz,
      reason text,
      sign_up_ip inet,
      default_visibility text NOT NULL DEFAULT 'public',
      default_sensitive boolean NOT NULL DEFAULT false,
      default_language text,
      default_quote_policy text NOT NULL DEFAULT 'public',
      preferences jsonb NOT NULL DEFAULT '{}',
      chosen_languages text[],
      last_active_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE UNIQUE INDEX users_email ON users (lower(email));

    CREATE TABLE sessions (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      token_hash text NOT NULL UNIQUE,
      user_id bigint REFERENCES users (id) ON DELETE CASCADE,
      data jsonb NOT NULL DEFAULT '{}',
      user_agent text,
      ip inet,
      created_at timestamptz NOT NULL DEFAULT now(),
      last_used_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz NOT NULL
    );
    CREATE INDEX sessions_user ON sessions (user_id) WHERE user_id IS NOT NULL;
    CREATE INDEX sessions_age ON sessions (expires_at);

    CREATE TABLE verifications (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      kind text NOT NULL CHECK (kind IN ('confirm-email', 'reset-password')),
      token_hash text NOT NULL UNIQUE,
      email text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz NOT NULL
    );
    CREATE INDEX verifications_user ON verifications (user_id, kind);
    CREATE INDEX verifications_age ON verifications (expires_at);

    CREATE TABLE oauth_apps (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      client_id text NOT NULL UNIQUE,
      secret_hash text NOT NULL,
      name text NOT NULL,
      website text,
      redirect_uris text[] NOT NULL,
      scopes text[] NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      last_used_at timestamptz
    );

    CREATE TABLE oauth_tokens (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      token_hash text NOT NULL UNIQUE,
      app_id bigint NOT NULL REFERENCES oauth_apps (id) ON DELETE CASCADE,
      user_id bigint REFERENCES users (id) ON DELETE CASCADE,
      scopes text[] NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      last_used_at timestamptz,
      revoked_at timestamptz
    );
    CREATE INDEX oauth_tokens_user ON oauth_tokens (user_id) WHERE user_id IS NOT NULL;
    CREATE INDEX oauth_tokens_app ON oauth_tokens (app_id);

    CREATE TABLE oauth_codes (
      code_hash text PRIMARY KEY,
      app_id bigint NOT NULL REFERENCES oauth_apps (id) ON DELETE CASCADE,
      user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      redirect_uri text NOT NULL,
      scopes text[] NOT NULL,
      code_challenge text,
      expires_at timestamptz NOT NULL,
      -- Set when the code was exchanged; a second use revokes this token (OAUTH-19).
      token_id bigint REFERENCES oauth_tokens (id) ON DELETE SET NULL,
      used_at timestamptz
    );
    CREATE INDEX oauth_codes_age ON oauth_codes (expires_at);
    CREATE INDEX oauth_codes_app ON oauth_codes (app_id);
    CREATE INDEX oauth_codes_token ON oauth_codes (token_id) WHERE token_id IS NOT NULL;
    CREATE INDEX oauth_codes_user ON oauth_codes (user_id);
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query('DROP TABLE oauth_codes, oauth_tokens, oauth_apps, verifications, sessions, users')
