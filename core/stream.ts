import type { Transaction } from 'sequelize'
import { publishAfter } from '#platform/pubsub'
import type { Id } from '#platform/ids'

/** What open streams are told. Ids only: each viewer's copy is rendered, and what they may see checked, over there. */
export type StreamEvent =
  | { event: 'update' | 'status.update' | 'delete'; postId: Id; to: Audience }
  | { event: 'notification'; notificationId: Id; accountId: Id }
  | { event: 'conversation'; conversationId: Id; accountId: Id }
  | { event: 'filters_changed' | 'notifications_merged'; accountId: Id }
  | { event: 'announcement' | 'announcement.delete'; announcementId: Id }
  | { event: 'announcement.reaction'; announcementId: Id; name: string }

/** Whose home or which lists it concerns, and whether the public and hashtag streams too. */
export type Audience = { homes?: Id[]; lists?: Id[]; isPublic?: boolean }

export const STREAM = 'stream'

/** Tells open streams, once the transaction is committed; lost while Redis is away, as streams are then too. */
export const tellStreams = (ctx: { tx?: Transaction | undefined }, event: StreamEvent): Promise<void> =>
  publishAfter(ctx, STREAM, event)
