import { readSettings } from '#core/instances/read-settings'
import { row } from '#platform/db'

/** What NodeInfo tells about the instance (wire 4.3). */
export type Figures = {
  openRegistrations: boolean
  users: { total: number; activeMonth: number; activeHalfyear: number }
  localPosts: number
  softwareName: string
  metadata: { nodeName: string; nodeDescription: string; upstream: { name: 'mastodon' }; features: string[] }
}

type Counts = {
  total: number
  month: number
  halfyear: number
  posts: number
}

/** Reads the figures; crawlers ask rarely, so they are counted anew each time. */
export async function instanceFigures(): Promise<Figures> {
  const counts = await row<Counts>(
    {},
    `SELECT count(*)::int AS total,
       (count(*) FILTER (WHERE last_active_at > now() - interval '30 days'))::int AS month,
       (count(*) FILTER (WHERE last_active_at > now() - interval '180 days'))::int AS halfyear,
       (SELECT coalesce(sum(posts_count), 0)::int FROM accounts WHERE domain IS NULL) AS posts
     FROM users WHERE confirmed_at IS NOT NULL AND disabled_at IS NULL`,
  )
  const { total = 0, month = 0, halfyear = 0, posts = 0 } = counts ?? {}
  const { title, description, registrations, softwareName } = await readSettings({})
  return {
    openRegistrations: registrations !== 'closed',
    users: { total, activeMonth: month, activeHalfyear: halfyear },
    localPosts: posts,
    softwareName,
    metadata: {
      nodeName: title,
      nodeDescription: description,
      upstream: { name: 'mastodon' },
      features: [],
    },
  }
}
