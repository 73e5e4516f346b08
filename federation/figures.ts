import { row } from '#platform/db'
import { instance } from '#config/instance'

/** What NodeInfo tells about the instance (wire 4.3). */
export type Figures = {
  openRegistrations: boolean
  users: { total: number; activeMonth: number; activeHalfyear: number }
  localPosts: number
  metadata: { nodeName: string; nodeDescription: string; upstream: { name: 'mastodon' }; features: string[] }
}

type Counts = {
  total: number
  month: number
  halfyear: number
  posts: number
  open: boolean | null
  title: string | null
}

/** Reads the figures; crawlers ask rarely, so they are counted anew each time. */
export async function instanceFigures(): Promise<Figures> {
  const counts = await row<Counts>(
    {},
    `SELECT count(*)::int AS total,
       (count(*) FILTER (WHERE last_active_at > now() - interval '30 days'))::int AS month,
       (count(*) FILTER (WHERE last_active_at > now() - interval '180 days'))::int AS halfyear,
       (SELECT coalesce(sum(posts_count), 0)::int FROM accounts WHERE domain IS NULL) AS posts,
       (SELECT (value #>> '{}')::boolean FROM settings WHERE key = 'registrations.open') AS open,
       (SELECT value #>> '{}' FROM settings WHERE key = 'instance.title') AS title
     FROM users WHERE confirmed_at IS NOT NULL AND disabled_at IS NULL`,
  )
  const { total = 0, month = 0, halfyear = 0, posts = 0, open, title } = counts ?? {}
  return {
    openRegistrations: open ?? true,
    users: { total, activeMonth: month, activeHalfyear: halfyear },
    localPosts: posts,
    metadata: {
      nodeName: title ?? instance.domain,
      nodeDescription: '',
      upstream: { name: 'mastodon' },
      features: [],
    },
  }
}
