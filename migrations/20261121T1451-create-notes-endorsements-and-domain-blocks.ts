import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- What a member writes down about somebody, for nobody else (ACCT-31).
    CREATE TABLE account_notes (
      owner_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      comment text NOT NULL,
      updated_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (owner_id, account_id)
    );
    CREATE INDEX account_notes_account ON account_notes (account_id);

    -- Whom a member recommends on their profile (ACCT-34).
    CREATE TABLE endorsements (
      endorser_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      endorsed_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      created_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (endorser_id, endorsed_id)
    );
    CREATE INDEX endorsements_endorsed ON endorsements (endorsed_id);

    -- Servers that a member wants nothing to do with (ACCT-39).
    CREATE TABLE domain_blocks (
      id bigint PRIMARY KEY DEFAULT kith_id(),
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      domain text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      UNIQUE (account_id, domain)
    );
    CREATE INDEX domain_blocks_account ON domain_blocks (account_id, id DESC);
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query('DROP TABLE domain_blocks, endorsements, account_notes')
