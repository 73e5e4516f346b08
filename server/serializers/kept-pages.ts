import { LRUCache } from 'lru-cache'
import { accountIdOf } from '#core/actor'
import type { Ctx } from '#core/ctx'
import { type PageParts, pageMark, type Stretch } from '#core/posts/page-mark'
import { now } from '#platform/clock'
import type { Id } from '#platform/ids'
import { quotedIn } from './quote.ts'
import type { StatusJson } from './status.ts'

/** What was rendered: its JSON, the cursors of a page, and the posts and accounts that it shows. */
export type Rendered = {
  json: unknown
  cursors?: readonly Id[]
  statuses: readonly StatusJson[]
  accountIds?: readonly Id[]
  stretch?: Stretch | undefined
  /** No mark tells when it changes, so it is given once. */
  isFleeting?: boolean
}

/** JSON as bytes, and the cursors of a page. */
export type Kept = { bytes: Buffer; cursors: readonly Id[] }

/** `mark` is that of before the page was rendered; undefined while nobody has asked for the page twice. */
type Entry = Kept & { parts: PageParts; mark: string | undefined }

// What no row of the page's own tells (names of people who are mentioned, the end of a mute) is never older than this.
const LIFETIME = 60_000
const kept = new LRUCache<string, Entry>({
  maxSize: 32 * 1_048_576,
  sizeCalculation: ({ bytes }) => bytes.length + 1,
})

/**
 * A page as bytes. What the actor asks for by the same `key` is rendered once, and given again for as long as one query
 * finds nothing changed that it shows or was chosen from (architecture: Reading).
 */
export async function keep(ctx: Ctx, key: string, render: () => Promise<Rendered>): Promise<Kept> {
  const name = `${accountIdOf(ctx.actor) ?? ''} ${key}`
  const known = kept.get(name)
  // Asked before the page is rendered: what changes meanwhile makes the page look old, never a newer one look current.
  const mark = known && (await pageMark(ctx, known.parts))
  if (mark !== undefined && known?.mark === mark) return known
  const rendered = await render()
  const { json, cursors = [], statuses } = rendered
  const entry = { bytes: Buffer.from(JSON.stringify(json)), cursors, parts: partsOf(rendered), mark }
  if (rendered.isFleeting) return entry
  kept.set(name, entry, { ttl: lifetimeOf(statuses) })
  return entry
}

/** Forgets all pages. */
export const forgetPages = (): void => kept.clear()

const withInner = (statuses: readonly StatusJson[]): StatusJson[] =>
  statuses.flatMap((status) => [
    status,
    ...(status.reblog ? withInner([status.reblog]) : []),
    ...quotedIn(status),
  ])

function partsOf({ statuses, accountIds = [], stretch }: Rendered): PageParts {
  const all = withInner(statuses)
  return {
    postIds: [...new Set(all.map(({ id }) => id))],
    accountIds: [...new Set([...accountIds, ...all.flatMap(accountIdsIn)])],
    stretch,
  }
}

const accountIdsIn = ({ account, group, card }: StatusJson): Id[] =>
  [account, group, ...(card?.authors ?? []).map((author) => author.account)].flatMap((each) => each?.id ?? [])

// The end of a poll or of a filter changes what is shown, and no row.
function lifetimeOf(statuses: readonly StatusJson[]): number {
  const all = withInner(statuses)
  // Collections have rows of their own, which the mark does not see.
  if (all.some(({ tagged_collections: linked }) => linked.length > 0)) return 1
  const polls = all.flatMap(({ poll }) => (poll && !poll.expired ? [poll.expires_at] : []))
  const filters = all.flatMap(({ filtered }) => filtered?.map(({ filter }) => filter.expires_at) ?? [])
  const ends = [...polls, ...filters].flatMap((end) => (end ? [Date.parse(end)] : []))
  return Math.max(1, Math.min(LIFETIME, ...ends.map((end) => end - now().getTime())))
}
