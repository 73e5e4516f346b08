import { Account } from '#core/accounts/account.model'
import { formerType } from '#core/accounts/end-account'
import { instanceActor } from '#core/accounts/instance-actor'
import { lookUpAccount } from '#core/accounts/look-up-account'
import { Tombstone } from '#core/accounts/tombstone.model'
import { accountUri, postUri } from '#core/addresses'
import { nowhere } from '#core/remote'
import { row } from '#platform/db'
import { Gone, NotFound } from '#platform/errors'
import { type Id, isId } from '#platform/ids'
import { announceActivity, createActivity } from './activities.ts'
import { actorDocument } from './actors.ts'
import { followersOf } from './audience.ts'
import { collectionDocument, partialFollowers, repliesDocument } from './collections.ts'
import { contextDocument } from './context-document.ts'
import { loadPosts, type WholePost } from './load-posts.ts'
import { postDocument } from './objects/render-post.ts'
import { hostOf, idsOf, type Json } from './properties.ts'
import { stampAt } from './stamp-documents.ts'
import { stampDocument } from './stamps.ts'
import { toldActivity } from './told-activities.ts'
import { plainContext, PUBLIC, timeText } from './vocabulary.ts'

/** A document for other servers: `isPublic` ones may be cached by anybody, the others depend on who asks. */
export type ServedDocument = { status: 200 | 401 | 410; body: Json; isPublic: boolean }

/** Who asks: the account whose signature was verified, or nobody. */
export type Asker = Pick<Account, 'id' | 'domain' | 'kind' | 'uri'> | undefined

/** Finds out who asks; called only for what not everybody may see, for it costs a fetch (federation rule 29). */
export type FindAsker = () => Promise<Asker>

const open = (body: Json | undefined): ServedDocument => {
  if (!body) throw new NotFound()
  return { status: 200, body, isPublic: true }
}

/**
 * The ActivityPub document at a path of this instance, or undefined when there is none by design. Throws NotFound for
 * what does not exist or the asker may not see, which is one answer (federation rule 134).
 */
export async function documentAt(path: string, findAsker: FindAsker): Promise<ServedDocument | undefined> {
  const parts = path.split('/').slice(1)
  if (path === '/actor') return open(await actorDocument(await ourActor()))
  if (parts[0] === 'actor') {
    const found = await collectionDocument(await ourActor(), parts[1] ?? '', cursorOf(parts))
    return found ? open(found) : toldAt(await ourActor(), path, findAsker)
  }
  if (parts[0] === 'contexts') return contextAt(parts)
  if (parts[0]?.startsWith('@')) return pageDocument(parts[0].slice(1), parts[1], findAsker)
  if (parts[0] !== 'users' || !isId(parts[1])) return undefined
  const account = await localAccount(parts[1])
  if (parts.length === 2) return actorOrGone(account)
  if (parts[2] === 'posts') return postAt(account, parts.slice(3), findAsker)
  if (parts[2] === 'authorizations') return keptStampAt(account, parts.slice(3), findAsker)
  // Of whoever is suspended nothing is shown any more, and nothing of whoever is gone (federation rule 232).
  if (isAway(account)) throw new Gone()
  if (parts[2] === 'followers_synchronization') return followersFor(await findAsker(), account)
  const found = await collectionDocument(account, parts[2] ?? '', cursorOf(parts))
  return found ? open(found) : toldAt(account, path, findAsker)
}

const contextAt = async ([, id, ...more]: string[]): Promise<ServedDocument> =>
  open(isId(id) && more.length === 0 ? await contextDocument(id) : undefined)

/** An activity, for the servers that were told it (federation rule 192). */
async function toldAt(account: Account, path: string, findAsker: FindAsker): Promise<ServedDocument> {
  const [activity, asker] = await Promise.all([toldActivity(account, path), findAsker()])
  const to = activity ? [...idsOf(activity.to), ...idsOf(activity.cc)] : []
  const isTold =
    to.includes(PUBLIC) ||
    (asker?.uri && to.some((id) => hostOf(id) === hostOf(asker.uri!))) ||
    (asker?.domain && to.includes(followersOf(account.id)) && (await hasFollowerOn(asker.domain, account.id)))
  if (!isTold) throw new NotFound()
  return { ...open(activity), isPublic: false }
}

/** The followers on the very server that asks (federation rule 145); nobody else is told of any. */
async function followersFor(asker: Asker, account: Account): Promise<ServedDocument> {
  const host = hostOf(asker?.uri ?? undefined)
  if (!host) return { status: 401, body: { error: 'This is for whoever signs' }, isPublic: false }
  return { ...open(await partialFollowers(account, host)), isPublic: false }
}

/** The same documents at the addresses of their pages: `/@name` and `/@name/123`. */
async function pageDocument(
  username: string,
  postId: string | undefined,
  findAsker: FindAsker,
): Promise<ServedDocument | undefined> {
  if (!/^\w+$/.test(username) || (postId !== undefined && !isId(postId))) return undefined
  const account = await lookUpAccount({ actor: { kind: 'visitor' }, remote: nowhere }, { acct: username })
  return postId === undefined ? actorOrGone(account) : postAt(account, [postId], findAsker)
}

const cursorOf = (parts: string[]): string | undefined => {
  const [page, cursor] = parts.slice(-2)
  return page === 'page' && (cursor === 'first' || isId(cursor)) ? cursor : undefined
}

const ourActor = (): Promise<Account> => instanceActor({ actor: { kind: 'kith' }, remote: nowhere })

async function localAccount(id: Id): Promise<Account> {
  const found = await Account.findOne({ where: { id, domain: null } })
  if (!found) throw new NotFound()
  return found
}

const isAway = ({ goneAt, suspendedAt }: Account): boolean => goneAt !== null || suspendedAt !== null

async function actorOrGone(account: Account): Promise<ServedDocument> {
  if (isAway(account))
    return tombstone(accountUri(account), formerType(account), account.goneAt ?? account.suspendedAt)
  return open(await actorDocument(account))
}

async function postAt(
  account: Account,
  [id, part, ...rest]: string[],
  findAsker: FindAsker,
): Promise<ServedDocument | undefined> {
  if (!isId(id)) return undefined
  const [post] = await loadPosts([id])
  if (!post || post.authorId !== account.id || post.uri !== null || isAway(account))
    return goneOr404(account, id, findAsker)
  const isPublic = post.visibility === 'public' || post.visibility === 'unlisted'
  if (!isPublic && !(await mayFetch(await findAsker(), post))) throw new NotFound()
  return { ...open(await partOf(post, part, rest)), isPublic }
}

/** A stamp, for whoever may see the post that it is about; gone once it was taken back (wire 10.4, 10.6). */
async function keptStampAt(account: Account, parts: string[], findAsker: FindAsker): Promise<ServedDocument> {
  const kept = await stampAt(parts)
  if (!kept || kept.target.uri !== null || kept.target.authorId !== account.id || isAway(account))
    return nothingFor(findAsker)
  const { stamp, target, state } = kept
  const [post] = await loadPosts([target.id])
  const isPublic = target.visibility === 'public' || target.visibility === 'unlisted'
  if (!post || (!isPublic && !(await mayFetch(await findAsker(), post)))) throw new NotFound()
  if (state === 'withdrawn') return tombstone(stamp.id, stamp.type, null)
  if (state === 'none') throw new NotFound()
  return { ...open(stampDocument(stamp)), isPublic }
}

async function partOf(post: WholePost, part: string | undefined, rest: string[]): Promise<Json | undefined> {
  const id = postUri(post)
  if (part === 'activity') return post.boostOf ? announceActivity(post) : createActivity(post)
  if (part === 'replies')
    return repliesDocument(post, rest[0] === 'page' && /^\d{1,19}$/.test(rest[1] ?? '') ? rest[1] : undefined)
  if (part === 'likes')
    return {
      '@context': plainContext,
      id: `${id}/likes`,
      type: 'Collection',
      totalItems: post.favouritesCount,
    }
  if (part === 'shares')
    return { '@context': plainContext, id: `${id}/shares`, type: 'Collection', totalItems: post.boostsCount }
  if (part !== undefined) return undefined
  return post.boostOf ? announceActivity(post) : postDocument(post)
}

/**
 * A post for followers goes to servers of accepted followers and of the people named, a direct one to these people and to
 * the actors by which their servers fetch (federation rules 132, 133).
 */
async function mayFetch(asker: Asker, post: WholePost): Promise<boolean> {
  if (!asker?.domain) return false
  const speaksForServer = post.visibility === 'private' || ['application', 'service'].includes(asker.kind)
  if (post.mentions.some(({ id, domain }) => id === asker.id || (speaksForServer && domain === asker.domain)))
    return true
  if (post.visibility !== 'private') return false
  return hasFollowerOn(asker.domain, post.authorId)
}

// A follower on the asker's server is enough: it keeps the post for them.
async function hasFollowerOn(domain: string, authorId: Id): Promise<boolean> {
  const found = await row(
    {},
    `SELECT 1 AS one FROM follows AS f JOIN accounts AS a ON a.id = f.follower_id
     WHERE f.followed_id = $1 AND f.state = 'accepted' AND a.domain = $2 LIMIT 1`,
    [authorId, domain],
  )
  return found !== undefined
}

async function goneOr404({ id: authorId }: Account, id: Id, findAsker: FindAsker): Promise<ServedDocument> {
  const uri = postUri({ id, uri: null, authorId })
  const grave = await Tombstone.findByPk(uri)
  if (!grave) return nothingFor(findAsker)
  return tombstone(uri, grave.formerType ?? 'Note', grave.createdAt)
}

// Whoever signs must not learn by the fetch of their key that something is there (federation rule 134).
async function nothingFor(findAsker: FindAsker): Promise<never> {
  await findAsker()
  throw new NotFound()
}

/** What is left of a deleted thing (wire 6.6, federation rule 193). */
const tombstone = (id: string, formerType: string, at: Date | null): ServedDocument => ({
  status: 410,
  body: {
    '@context': plainContext,
    id,
    type: 'Tombstone',
    formerType,
    ...(at ? { deleted: timeText(at) } : {}),
  },
  isPublic: true,
})
