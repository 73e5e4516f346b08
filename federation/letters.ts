import { rows } from '#platform/db'
import { gather } from '#platform/gather'
import { type Id, isId } from '#platform/ids'
import { isForFollowers } from './followers-digest.ts'

/** What a delivery is about and who sends it. */
export type Letter = {
  id: Id
  senderId: Id
  /** Of the sender; null when it has none of its own. */
  uri: string | null
  /** Of the sender; null when there is no such account any more. */
  kind: string | null
  /** Is the sender suspended? */
  isSilent: boolean
  body: Buffer
  isForFollowers: boolean
  type: string | null
  postId: Id | null
  /** It is about a post that was deleted meanwhile: it does not go out any more (federation rule 179). */
  isStale: boolean
  /** What the sender's followers on hosts come to. */
  digests: Record<string, string> | null
}

type Found = Omit<Letter, 'body' | 'isForFollowers'> & { body: string }
type Wanted = { activityId: Id; host: string }

/**
 * The letter of a delivery, with the digest of the host that it goes to; undefined when it is gone. One letter goes to many hosts: those
 * that are asked for in one moment are read together, each once.
 */
export const letterOf = gather<Wanted, Letter>(0, async (all) => {
  const unique = (values: string[]): string[] => [...new Set(values)]
  const sound = all.filter(({ activityId }) => isId(activityId))
  const found = await rows<Found>(
    {},
    `SELECT o.id, o.sender_id AS "senderId", a.uri, a.kind, a.suspended_at IS NOT NULL AS "isSilent", o.body, o.type,
       coalesce(o.post_id, o.ended_post_id) AS "postId",
       o.post_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM posts WHERE id = o.post_id) AS "isStale",
       (SELECT jsonb_object_agg(d.host, d.digest::text) FROM follower_digests AS d
        WHERE d.account_id = o.sender_id AND d.host = ANY ($2)) AS digests
     FROM outgoing_activities AS o LEFT JOIN accounts AS a ON a.id = o.sender_id WHERE o.id = ANY ($1::bigint[])`,
    [unique(sound.map(({ activityId }) => activityId)), unique(sound.map(({ host }) => host))],
  )
  const letters = new Map(found.map((each) => [each.id, letter(each)]))
  return new Map(
    all.flatMap((each) => {
      const own = isId(each.activityId) ? letters.get(each.activityId) : unsound(each)
      return own ? [[each, own] as const] : []
    }),
  )
})

// One that is out of order must not spoil all that are read with it.
const unsound = ({ activityId }: Wanted): Error => new Error(`${activityId} is no id of an activity`)

const letter = (found: Found): Letter => ({
  ...found,
  body: Buffer.from(found.body),
  isForFollowers: isForFollowers(found.senderId, found.body),
})
