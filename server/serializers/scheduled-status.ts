import type { Waiting } from '#core/posts/scheduled/scheduled.queries'
import { mediumJson } from './medium.ts'

/** A post that waits, with what it was asked for as it was sent. */
export function scheduledStatusJson({ id, appId, draft, scheduledAt, media }: Waiting) {
  return {
    id,
    scheduled_at: scheduledAt.toISOString(),
    params: {
      text: draft.text ?? '',
      poll: draft.poll ? pollParams(draft.poll) : null,
      media_ids: media.length > 0 ? media.map((medium) => medium.id) : null,
      sensitive: draft.isSensitive ?? null,
      spoiler_text: draft.spoilerText ?? null,
      visibility: draft.visibility ?? null,
      language: draft.language ?? null,
      in_reply_to_id: draft.replyToId ?? null,
      scheduled_at: null,
      idempotency: null,
      application_id: appId,
      with_rate_limit: false,
      quoted_status_id: draft.quotedId ?? null,
      quote_approval_policy: draft.quotePolicy ?? null,
      ...(draft.allowedMentions ? { allowed_mentions: draft.allowedMentions } : {}),
    },
    media_attachments: media.map(mediumJson),
  }
}

const pollParams = (poll: NonNullable<Waiting['draft']['poll']>) => ({
  options: poll.options,
  expires_in: poll.expiresIn ?? null,
  multiple: poll.isMultiple ?? false,
  hide_totals: poll.hidesTotals ?? false,
})
