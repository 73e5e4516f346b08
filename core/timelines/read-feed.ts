import { limits } from '#config/limits'
import type { Ctx } from '../ctx.ts'
import type { Cursors } from '../paging.ts'
import type { Id } from '#platform/ids'
import { type FeedEntry, withoutRepeats } from './feed-entry.ts'
import { beginFeed, fillFeed, readFeed } from './feed-store.ts'
import { welcomeEntries } from './feed.queries.ts'

/** A page of a list of posts: those to show, and the ids that its links page by, which may be more (PAGE-12). */
export type PostPage = { ids: Id[]; cursors: Id[] }

/** A page that is found and not yet looked through: `entries` name what is there, when Redis knows it. */
export type FoundPage = { entries?: readonly FeedEntry[]; read(): Promise<PostPage> }

/** A feed: its place in Redis, whose it is, and how PostgreSQL gives a page of it or the newest of all that may be in it. */
export type Feed = {
  key: string
  viewerId: Id
  page(cursors: Cursors): Promise<FeedEntry[]>
  newest(limit: number): Promise<FeedEntry[]>
}

// Not all of the newest posts of those who are followed belong into the feed; more are asked for, so that it is full.
const MARGIN = 1.5
const TRIES = 20

/**
 * Finds a page of a feed: in Redis, which is filled from PostgreSQL when the feed is not there, or in PostgreSQL alone
 * while Redis is away. What went or became unwelcome since it entered is left out when it is read; a page
 * without any welcome post is passed over, as apps take an empty one for the end.
 */
export async function pageOfFeed(ctx: Ctx, feed: Feed, cursors: Cursors): Promise<FoundPage> {
  const entries = await find(feed, cursors)
  if (!entries) return { read: async () => pageFrom(withoutRepeats(await feed.page(cursors))) }
  return { entries, read: () => readOn(ctx, feed, cursors, entries) }
}

const find = async (feed: Feed, cursors: Cursors): Promise<FeedEntry[] | undefined> =>
  (await readFeed(feed.key, cursors)) ?? (await buildAndRead(feed, cursors))

async function readOn(ctx: Ctx, feed: Feed, cursors: Cursors, first: FeedEntry[]): Promise<PostPage> {
  for (let [tries, from, found] = [0, cursors, first]; ; tries += 1) {
    const shown = await welcomeEntries(ctx, feed.viewerId, found)
    if (shown.length > 0 || found.length < from.limit || from.limit === 0 || tries === TRIES)
      return pageFrom(shown, found)
    from = beyond(from, found)
    const next = await find(feed, from)
    if (!next) return pageFrom(withoutRepeats(await feed.page(from)))
    found = next
  }
}

const pageFrom = (shown: FeedEntry[], all: FeedEntry[] = shown): PostPage => ({
  ids: shown.map(({ id }) => id),
  cursors: all.map(({ id }) => id),
})

const beyond = (cursors: Cursors, entries: FeedEntry[]): Cursors =>
  cursors.min_id ? { ...cursors, min_id: entries[0]?.id } : { ...cursors, max_id: entries.at(-1)?.id }

async function buildAndRead(feed: Feed, cursors: Cursors): Promise<FeedEntry[] | undefined> {
  // Posts that come while PostgreSQL is asked enter the feed by themselves from here on.
  if (!(await beginFeed(feed.key))) return undefined
  await fillFeed(feed.key, withoutRepeats(await feed.newest(Math.ceil(limits.feed * MARGIN))))
  return readFeed(feed.key, cursors)
}
