import type { QueryInterface } from 'sequelize'

// Favourites of a post that thousands gave other emojis are found without a look at these.
export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    CREATE INDEX reactions_post_emoji ON reactions (post_id, emoji, id DESC);
    DROP INDEX reactions_post;
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
    CREATE INDEX reactions_post ON reactions (post_id, id DESC);
    DROP INDEX reactions_post_emoji;
  `)
