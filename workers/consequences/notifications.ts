import { mendConversations } from '#core/notifications/mend-conversations'
import { mergeNotifications } from '#core/notifications/merge-notifications'
import { notifyOfBoost } from '#core/notifications/notify-of-boost'
import { notifyOfEdit } from '#core/notifications/notify-of-edit'
import { notifyOfFavourite } from '#core/notifications/notify-of-favourite'
import { notifyOfFollow } from '#core/notifications/notify-of-follow'
import { notifyOfPollEnd } from '#core/notifications/notify-of-poll-end'
import { notifyOfPost } from '#core/notifications/notify-of-post'
import { notifyOfReaction } from '#core/notifications/notify-of-reaction'
import { notifyOfReport } from '#core/notifications/notify-of-report'
import { notifyOfRequest } from '#core/notifications/notify-of-request'
import { notifyOfSeverance } from '#core/notifications/notify-of-severance'
import { notifyOfSignUp } from '#core/notifications/notify-of-sign-up'
import { notifyOfWish, withdrawOfWish } from '#core/notifications/notify-of-wish'
import { notifyOfWarning } from '#core/notifications/notify-of-warning'
import { recordConversation } from '#core/notifications/record-conversation'
import {
  withdrawOfAccount,
  withdrawOfBlocked,
  withdrawOfBoost,
  withdrawOfDomain,
  withdrawOfFollow,
  withdrawOfReaction,
} from '#core/notifications/withdraw-notifications'
import { consequences } from '../consequences.ts'

/** Whom what tells. */
export default consequences({
  'post.created': [notifyOfPost, recordConversation],
  'post.boosted': [notifyOfBoost],
  'post.unboosted': [withdrawOfBoost],
  'post.deleted': [mendConversations],
  'post.edited': [notifyOfEdit],
  'reaction.added': [notifyOfFavourite, notifyOfReaction],
  'reaction.removed': [withdrawOfReaction],
  'interaction.requested': [notifyOfWish],
  'interaction.answered': [withdrawOfWish],
  'interaction.withdrawn': [withdrawOfWish],
  'poll.ended': [notifyOfPollEnd],
  'follow.requested': [notifyOfRequest],
  'follow.accepted': [notifyOfFollow],
  'follow.rejected': [withdrawOfFollow],
  'follow.ended': [withdrawOfFollow],
  'report.filed': [notifyOfReport],
  'relationships.severed': [notifyOfSeverance],
  'notifications.accepted': [mergeNotifications],
  'account.created': [notifyOfSignUp],
  'account.warned': [notifyOfWarning],
  'account.blocked': [withdrawOfBlocked],
  'domain.blocked': [withdrawOfDomain],
  'account.deleted': [withdrawOfAccount],
})
