import { createHash } from 'node:crypto'
import { accountUri } from '#core/addresses'
import { now } from '#platform/clock'
import type { Id } from '#platform/ids'
import { followersOf } from './audience.ts'
import type { Json } from './properties.ts'
import { moderationContext, plainContext, PUBLIC, timeText } from './vocabulary.ts'

/** The ActivityPub id of a group that is hosted here. */
export const groupUri = (groupId: Id): string => accountUri({ id: groupId, uri: null })

/**
 * Announce of an activity by a group, with the activity as it came (wire 9, feature groups-02). `key` is what is passed on
 * once: what has the same key is the same Announce (federation rule 204).
 */
export function groupAnnounceActivity(groupId: Id, activity: Json, key: string): Json {
  const actor = groupUri(groupId)
  const name = createHash('sha256').update(key).digest('hex').slice(0, 32)
  return {
    '@context': plainContext,
    id: `${actor}/announces/${name}`,
    type: 'Announce',
    actor,
    published: timeText(now()),
    to: [PUBLIC],
    cc: [followersOf(groupId)],
    audience: actor,
    object: activity,
  }
}

type Deed = { groupId: Id; actor: string; deedId: Id }

/**
 * What a moderator here did in a group that is hosted here, in their name (wire 9, features groups-10, groups-11): `more` says where
 * it was done. It goes out in an Announce by the group, never alone.
 */
export const moderationActivity = (
  type: 'Add' | 'Remove' | 'Block' | 'Lock' | 'Delete',
  { groupId, actor, deedId }: Deed,
  object: string,
  more: Json = {},
): Json => ({
  '@context': moderationContext,
  id: `${actor}/deeds/${deedId}`,
  type,
  actor,
  object,
  ...more,
  to: [PUBLIC],
  cc: [groupUri(groupId)],
  audience: groupUri(groupId),
})

/** That it was taken back. */
export const undoModerationActivity = (undone: Json): Json => {
  const { '@context': context, ...inner } = undone
  const { actor, to, cc, audience } = inner
  return {
    '@context': context,
    id: `${String(undone.id)}/undo`,
    type: 'Undo',
    actor,
    object: inner,
    to,
    cc,
    audience,
  }
}
