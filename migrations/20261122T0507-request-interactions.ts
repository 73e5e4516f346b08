import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    CREATE TABLE interaction_requests (
      -- That of the reply which waits or waited, or of the reaction or boost that it is to become.
      id bigint PRIMARY KEY,
      kind text NOT NULL CHECK (kind IN ('reply', 'like', 'boost')),
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      target_id bigint NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
      -- Who wrote the target and says yes or no.
      author_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      state text NOT NULL CHECK (state IN ('pending', 'accepted', 'rejected')),
      -- The ActivityPub ids of what is wanted and of the request, where another server made them.
      uri text,
      request_uri text,
      emoji text NOT NULL DEFAULT '',
      picture jsonb,
      -- Who is to see a reply or boost, and whom a reply names: kept here while nobody is to know of it.
      visibility text,
      mentions jsonb,
      -- The stamp of an author elsewhere, which was checked.
      stamp_uri text,
      created_at timestamptz NOT NULL DEFAULT now(),
      answered_at timestamptz
    );
    CREATE UNIQUE INDEX interaction_requests_once ON interaction_requests (target_id, account_id, kind, emoji)
      WHERE kind <> 'reply';
    CREATE INDEX interaction_requests_target ON interaction_requests (target_id);
    CREATE INDEX interaction_requests_account ON interaction_requests (account_id);
    CREATE INDEX interaction_requests_author ON interaction_requests (author_id, id DESC);
    CREATE INDEX interaction_requests_uri ON interaction_requests (uri) WHERE uri IS NOT NULL;
    CREATE INDEX interaction_requests_stamp ON interaction_requests (stamp_uri) WHERE stamp_uri IS NOT NULL;
  `)

export const down = (db: QueryInterface) => db.sequelize.query('DROP TABLE interaction_requests')
