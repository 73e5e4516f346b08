import type { Ctx } from '#core/ctx'
import { actingId } from '#core/actor'
import { grants } from '#core/auth/scopes'
import { findList } from '#core/relationships/find-list'
import { assertReadable, type OpenFeed } from '#core/timelines/feed-access'
import type { Narrowing } from '#core/timelines/timeline.queries'
import { normalizeHashtag } from '#core/text/normalize-hashtag'
import { NotFound } from '#platform/errors'
import { isId } from '#platform/ids'
import { Refused } from '../middleware/answer-errors.ts'

/** A channel that a client asks for: its name, and the hashtag or list. */
export type Wish = { stream?: unknown; tag?: unknown; list?: unknown }

/** A channel that somebody may follow: how frames name it, and the audiences whose events it carries. */
export type Channel = { names: readonly string[]; audiences: readonly string[] }

/** Who asks, and what their token allows. */
export type Asker = { ctx: Ctx; scopes: readonly string[] }

const publicNames = new Set(
  ['public', 'public:local', 'public:remote'].flatMap((name) => [name, `${name}:media`]),
)

/** Audiences as the hub knows them. */
export const homeOf = (accountId: string): string => `home ${accountId}`
export const noticesOf = (accountId: string): string => `notices ${accountId}`
export const talksOf = (accountId: string): string => `talks ${accountId}`
/** What concerns all members. */
export const NEWS = 'news'
export const listOf = (listId: string): string => `list ${listId}`
export const tagOf = (name: string, isLocal: boolean): string => `${isLocal ? 'local tag' : 'tag'} ${name}`

/** Is it an audience of public posts, which nobody is put into by name? */
export const isOpen = (audience: string): boolean => /^(public|tag |local tag )/.test(audience)

/**
 * Finds the channel that a client asks for (STRM-06). Throws Refused: 400 for one that does not exist or lacks its
 * parameter, 401 for another member's list and for what the token does not allow (STRM-04, STRM-11).
 */
export async function findChannel({ ctx, scopes }: Asker, wish: Wish): Promise<Channel> {
  const [name, accountId] = [textOf(wish.stream), actingId(ctx)]
  if (!name || !isKnown(name)) throw new Refused(400, 'Unknown stream type')
  const mayHear = grants(scopes, 'read:notifications')
  if (!(name === 'user:notification' ? mayHear : grants(scopes, 'read:statuses')))
    throw new Refused(401, 'Access token does not have the required scopes')
  if (name === 'user')
    return { names: [name], audiences: [homeOf(accountId), NEWS, ...(mayHear ? [noticesOf(accountId)] : [])] }
  if (name === 'user:notification') return { names: [name], audiences: [noticesOf(accountId)] }
  if (name === 'direct') return { names: [name], audiences: [talksOf(accountId)] }
  if (name === 'list') return listChannel(ctx, textOf(wish.list))
  if (!publicNames.has(name)) return tagChannel(ctx, name, textOf(wish.tag))
  await assertHeard(ctx, 'live', { local: name.includes(':local'), remote: name.includes(':remote') })
  return { names: [name], audiences: [name] }
}

// Who may not read all of a timeline does not hear it either (TL-15).
async function assertHeard(ctx: Ctx, feed: OpenFeed, narrowing: Narrowing): Promise<void> {
  const part = await assertReadable(ctx, feed, narrowing)
  if (!part || Boolean(part.local) !== narrowing.local || Boolean(part.remote) !== narrowing.remote)
    throw new Refused(401, 'Not authorized to stream this timeline')
}

const isKnown = (name: string): boolean =>
  publicNames.has(name) ||
  ['user', 'user:notification', 'direct', 'list', 'hashtag', 'hashtag:local'].includes(name)

async function listChannel(ctx: Ctx, listId: string | undefined): Promise<Channel> {
  if (!listId) throw new Refused(400, 'Missing list parameter')
  const list = isId(listId)
    ? await findList(ctx, { listId }).catch((error: unknown) => {
        if (error instanceof NotFound) return undefined
        throw error
      })
    : undefined
  if (!list) throw new Refused(401, 'Not authorized to stream this list')
  return { names: ['list', listId], audiences: [listOf(listId)] }
}

// Frames say the hashtag as the client does, which looks for its own words in them.
async function tagChannel(ctx: Ctx, stream: string, tag: string | undefined): Promise<Channel> {
  const name = tag ? normalizeHashtag(tag) : null
  if (!tag || !name) throw new Refused(400, 'Missing tag parameter')
  await assertHeard(ctx, 'tags', { local: stream === 'hashtag:local', remote: false })
  return { names: [stream, tag], audiences: [tagOf(name, stream === 'hashtag:local')] }
}

const textOf = (value: unknown): string | undefined => {
  const [first]: unknown[] = Array.isArray(value) ? value : [value]
  return typeof first === 'string' ? first : typeof first === 'number' ? String(first) : undefined
}
