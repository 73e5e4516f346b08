import { LRUCache } from 'lru-cache'
import { accountIdOf } from '#core/actor'
import type { Ctx } from '#core/ctx'
import { type PageParts, pageMark } from '#core/posts/page-mark'
import { now } from '#platform/clock'
import type { Id } from '#platform/ids'
import { Page } from '../answers.ts'
import { quotedIn } from './quote.ts'
import { type StatusJson, statusesJson } from './status.ts'

/** `mark` is that of before the page was rendered; undefined while nobody has asked for the page twice. */
type Kept = { bytes: Buffer; parts: PageParts; mark: string | undefined }

// Names of people who are mentioned may change without the post; nobody sees the old ones for longer.
const LIFETIME = 60_000
const kept = new LRUCache<string, Kept>({
  maxSize: 32 * 1_048_576,
  sizeCalculation: ({ bytes }) => bytes.length + 1,
})

/**
 * A page of posts as bytes. The same posts for the same viewer are rendered once, and given again for as long as one
 * query finds nothing changed that the page shows (architecture: Reading).
 */
export async function keptPage(ctx: Ctx, ids: readonly Id[], cursors: readonly Id[]): Promise<Page> {
  const key = `${accountIdOf(ctx.actor) ?? ''} ${ids.join()}`
  const known = kept.get(key)
  // Asked before the page is rendered: what changes meanwhile makes the page look old, never a newer one look current.
  const mark = known && (await pageMark(ctx, known.parts))
  if (known && known.mark === mark) return new Page(known.bytes, cursors)
  const items = await statusesJson(ctx, ids)
  const bytes = Buffer.from(JSON.stringify(items))
  kept.set(key, { bytes, parts: partsOf(items), mark }, { ttl: lifetimeOf(items) })
  return new Page(bytes, cursors)
}

/** Forgets all pages. */
export const forgetPages = (): void => kept.clear()

const withOriginals = (items: readonly StatusJson[]): StatusJson[] =>
  items.flatMap((item) => [item, ...(item.reblog ? withOriginals([item.reblog]) : []), ...quotedIn(item)])

function partsOf(items: readonly StatusJson[]): PageParts {
  const all = withOriginals(items)
  return {
    postIds: [...new Set(all.map(({ id }) => id))],
    authorIds: [...new Set(all.map(({ account }) => account.id))],
    choosyIds: [...new Set(all.filter(isChoosy).map(({ account }) => account.id))],
  }
}

const isChoosy = ({ quote_approval: { automatic, manual } }: StatusJson): boolean =>
  [...automatic, ...manual].some((audience) => audience === 'followers' || audience === 'following')

// The end of a poll or of a filter changes what is shown, and no row.
function lifetimeOf(items: readonly StatusJson[]): number {
  const all = withOriginals(items)
  const polls = all.flatMap(({ poll }) => (poll && !poll.expired ? [poll.expires_at] : []))
  const filters = all.flatMap(({ filtered }) => filtered?.map(({ filter }) => filter.expires_at) ?? [])
  const ends = [...polls, ...filters].flatMap((end) => (end ? [Date.parse(end)] : []))
  return Math.max(1, Math.min(LIFETIME, ...ends.map((end) => end - now().getTime())))
}
