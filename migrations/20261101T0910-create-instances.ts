import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- What is known of every server that was ever met.
    CREATE TABLE instances (
      domain text PRIMARY KEY,
      software text,
      version text,
      nodeinfo_fetched_at timestamptz,
      signature_scheme text,
      scheme_learned_at timestamptz,
      scheme_failures integer NOT NULL DEFAULT 0,
      first_contact_at timestamptz NOT NULL DEFAULT now(),
      last_contact_at timestamptz,
      last_failure_at timestamptz,
      failing_days integer NOT NULL DEFAULT 0,
      recent_failures integer NOT NULL DEFAULT 0,
      unavailable_at timestamptz,
      paused_until timestamptz
    );

    CREATE TABLE domain_rules (
      domain text PRIMARY KEY,
      severity text NOT NULL CHECK (severity IN ('silence', 'suspend', 'noop')),
      reject_media boolean NOT NULL DEFAULT false,
      public_comment text,
      private_comment text,
      created_at timestamptz NOT NULL DEFAULT now()
    );
  `)

export const down = (db: QueryInterface) => db.sequelize.query('DROP TABLE domain_rules, instances')
