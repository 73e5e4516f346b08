import { instance } from '#config/instance'
import { accountCards } from '../../accounts/account.queries.ts'
import type { Ctx } from '../../ctx.ts'
import { pictureUrls } from '../../media/medium-addresses.ts'
import { cutText } from '../../text/cut-text.ts'
import { htmlToText } from '../../text/html-to-text.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'
import { kinds } from '../kinds.ts'
import { notificationOf } from '../notification.queries.ts'

const LONGEST = 140

type Words = { spoilerText: string; html: string }

/**
 * What an app is told of a notification, beside the token (PUSH-07): in plain text, at most 140 characters of it. Undefined
 * for one that is gone, or that its member may not see any more.
 */
export async function composePush(
  ctx: Ctx,
  { accountId, notificationId }: { accountId: Id; notificationId: Id },
) {
  const told = await notificationOf(ctx, accountId, notificationId)
  if (!told) return undefined
  const [[card], post, user] = await Promise.all([
    accountCards(ctx, [told.fromId]),
    row<Words>(ctx, 'SELECT spoiler_text AS "spoilerText", html FROM posts WHERE id = $1', [told.postId]),
    row<{ locale: string }>(ctx, 'SELECT locale FROM users WHERE account_id = $1', [accountId]),
  ])
  if (!card || !user) return undefined
  const name = card.displayName || card.username
  const text = post ? post.spoilerText || htmlToText(post.html) : htmlToText(card.noteHtml)
  return {
    preferred_locale: user.locale,
    // A number, as apps read it (TRIP-07).
    notification_id: Number(told.id),
    notification_type: told.kind,
    icon:
      (card.avatar && pictureUrls(card.avatar)?.staticUrl) ??
      `${instance.origin}/avatars/original/missing.png`,
    title: kinds.get(told.kind)?.headline(name) ?? '',
    body: shorten(text),
  }
}

const shorten = (text: string): string => (text.length <= LONGEST ? text : `${cutText(text, LONGEST - 1)}…`)
