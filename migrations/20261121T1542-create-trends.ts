import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- What is talked about at the moment. Made anew every few minutes from what is here; nothing is counted beside it.
    CREATE TABLE trends (
      kind text NOT NULL CHECK (kind IN ('tags', 'statuses', 'links')),
      subject_id bigint NOT NULL,
      score double precision NOT NULL,
      refreshed_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (kind, subject_id)
    );
    CREATE INDEX trends_rank ON trends (kind, score DESC, subject_id);

    -- What staff said of a post: may it trend?
    CREATE TABLE trend_verdicts (
      post_id bigint PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
      is_trendable boolean NOT NULL
    );
  `)

export const down = (db: QueryInterface) => db.sequelize.query('DROP TABLE trend_verdicts, trends')
