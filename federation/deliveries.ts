import type { TxCtx, Ctx } from '#core/ctx'
import { unavailableAmong } from '#core/instances/host-state'
import { isBarred } from '#core/instances/instance.policy'
import { row, rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { owe } from '#platform/owed-work'
import { transact } from '#platform/transact'
import { dropSuperseded } from './drop-superseded.ts'
import { isLasting, nameOf } from './lasting.ts'
import { hostOf, type Json } from './properties.ts'
import { signActivity } from './sign-activity.ts'

/** What goes out: an activity of a local account, about a post if it ends with the post. */
export type Outgoing = {
  activity: Json
  /** What its letter is known by, when that is not its id: once for each. */
  name?: string
  senderId: Id
  postId?: Id
  /** The post whose end it tells: it goes out though that post is gone. */
  endedPostId?: Id
  /** What it must stay in order with, when that is neither the post nor everything of the sender. */
  about?: string
  /** Somebody else made it: it goes on as it came. */
  isAsItCame?: boolean
}

/** One delivery: an activity to one inbox. */
export type Delivery = { activityId: Id; inbox: string }

/**
 * Owes the delivery of an activity to these inboxes: one row each, all or none. Stating it twice for the same
 * activity adds only inboxes that were not owed, so a repeat is harmless. What is about one object goes to one host
 * in order (federation rule 178).
 */
export async function deliver(
  ctx: Ctx,
  {
    activity,
    name = String(activity.id),
    senderId,
    postId,
    endedPostId,
    isAsItCame,
    about = postId ?? endedPostId ?? senderId,
  }: Outgoing,
  reached: readonly string[],
): Promise<void> {
  const type = nameOf(activity)
  const inboxes = await worthTelling(type, reached)
  if (inboxes.length === 0) return
  // Once for all whom it goes to; a copy costs nothing else.
  const signed = isAsItCame ? activity : await signActivity(activity, senderId)
  await transact(ctx, async (ctx) => {
    const activityId = await keep(ctx, { activity: signed, name, senderId, postId, endedPostId }, type)
    if (!activityId) return
    const places = inboxes.map((inbox) => ({ inbox, lane: `${hostOf(inbox) ?? ''} ${about}` }))
    await dropSuperseded(ctx, type, places)
    await owe(
      ctx,
      places.map(({ inbox, lane }) => ({
        kind: 'delivery',
        payload: { activityId, inbox } satisfies Delivery,
        key: `${activityId} ${inbox}`,
        lane,
      })),
    )
  })
}

// An activity that was kept before was owed before, in the same transaction.
async function keep(ctx: TxCtx, letter: Outgoing & { name: string }, type: string): Promise<Id | undefined> {
  const { activity, name, senderId, postId = null, endedPostId = null } = letter
  const kept = await row<{ id: Id }>(
    ctx,
    `INSERT INTO outgoing_activities (uri, sender_id, post_id, ended_post_id, type, body) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (uri) DO NOTHING RETURNING id`,
    [name, senderId, postId, endedPostId, type, JSON.stringify(activity)],
  )
  return kept?.id
}

// A host that is given up gets nothing new but what it must know when it is back.
async function worthTelling(type: string, inboxes: readonly string[]): Promise<readonly string[]> {
  if (inboxes.length === 0 || isLasting(type)) return inboxes
  const gone = await unavailableAmong([...new Set(inboxes.map((inbox) => hostOf(inbox) ?? ''))])
  return gone.size === 0 ? inboxes : inboxes.filter((inbox) => !gone.has(hostOf(inbox) ?? ''))
}

/**
 * What was written of a post must not wait anywhere once it is deleted: its letters go, and the deliveries that
 * nobody has in hand. Those in hand find nothing to send the next time.
 */
export const forgetLetters = async (postId: Id): Promise<void> => {
  await rows(
    {},
    `WITH letters AS (DELETE FROM outgoing_activities WHERE post_id = $1 RETURNING id)
     DELETE FROM owed_work AS w USING letters
     WHERE w.kind = 'delivery' AND w.key >= letters.id || ' ' AND w.key < letters.id || '!' AND w.leased_until IS NULL`,
    [postId],
  )
}

type Target = { inbox: string | null; shared: string | null }

/**
 * The inboxes of everybody on other servers who follows `accountId`, one for each server that has a shared one; those
 * of barred domains are left out (federation rules 168, 169).
 */
export const followerInboxes = async (accountId: Id): Promise<string[]> =>
  (
    await rows<{ inbox: string }>(
      {},
      `SELECT DISTINCT coalesce(a.shared_inbox_url, a.inbox_url) AS inbox
       FROM follows AS f JOIN accounts AS a ON a.id = f.follower_id
       WHERE f.followed_id = $1 AND f.state = 'accepted' AND a.domain IS NOT NULL AND a.inbox_url IS NOT NULL
         AND a.gone_at IS NULL AND a.suspended_at IS NULL AND NOT ${isBarred('a.domain')}`,
      [accountId],
    )
  ).map(({ inbox }) => inbox)

const RECENT = 200

/**
 * The inboxes of those who know an account: who follows it, whom it follows, and whom it named of late. They show its
 * profile, and ask it when it is locked.
 */
export async function acquaintedInboxes(accountId: Id): Promise<string[]> {
  const known = await rows<{ id: Id }>(
    {},
    `SELECT followed_id AS id FROM follows WHERE follower_id = $1
     UNION SELECT id FROM (
       SELECT m.account_id AS id FROM posts AS p JOIN mentions AS m ON m.post_id = p.id
       WHERE p.author_id = $1 ORDER BY p.id DESC LIMIT ${RECENT}) AS named`,
    [accountId],
  )
  const [followers, others] = await Promise.all([
    followerInboxes(accountId),
    inboxesOf(known.map(({ id }) => id)),
  ])
  return [...new Set([...followers, ...others])]
}

/** The inboxes of these accounts; their own ones when `personal`, else shared ones. Accounts of this instance have none. */
export async function inboxesOf(accountIds: readonly Id[], { personal = false } = {}): Promise<string[]> {
  const found = await rows<Target>(
    {},
    `SELECT inbox_url AS inbox, shared_inbox_url AS shared FROM accounts AS a
     WHERE id = ANY ($1::bigint[]) AND domain IS NOT NULL AND gone_at IS NULL AND NOT ${isBarred('a.domain')}`,
    [accountIds],
  )
  const inboxes = found.map(({ inbox, shared }) => (personal ? inbox : (shared ?? inbox)))
  return [...new Set(inboxes.filter((each) => each !== null))]
}

/** The inboxes of all other servers that were ever met: for the end of an account (federation rule 185). */
export const allInboxes = async (): Promise<string[]> =>
  (
    await rows<{ inbox: string }>(
      {},
      `SELECT DISTINCT coalesce(shared_inbox_url, inbox_url) AS inbox FROM accounts AS a
       WHERE domain IS NOT NULL AND inbox_url IS NOT NULL AND gone_at IS NULL AND NOT ${isBarred('a.domain')}`,
    )
  ).map(({ inbox }) => inbox)
