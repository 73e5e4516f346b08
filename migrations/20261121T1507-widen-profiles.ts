import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    ALTER TABLE accounts
      -- Which tabs a profile has (ACCT-44).
      ADD shows_media boolean NOT NULL DEFAULT true,
      ADD shows_media_replies boolean NOT NULL DEFAULT true,
      ADD shows_featured boolean NOT NULL DEFAULT true,
      -- Sites that may name the member as an author of theirs.
      ADD attribution_domains text[] NOT NULL DEFAULT '{}';
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(
    'ALTER TABLE accounts DROP shows_media, DROP shows_media_replies, DROP shows_featured, DROP attribution_domains',
  )
