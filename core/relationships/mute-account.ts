import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { findAccount } from '../accounts/find-account.ts'
import { inSeconds } from '#platform/clock'
import { rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'

type NewMute = { accountId: Id; hidesNotifications?: boolean | undefined; seconds?: number | undefined }

// Longer is for ever: a date beyond this cannot be told to apps.
const LONGEST = 100 * 366 * 86_400

/**
 * Mutes an account for so many seconds, 0 for ever; its notifications too unless told otherwise. Muting again changes
 * both (ACCT-29); muting oneself does nothing (ACCT-28). Throws NotFound.
 */
export const muteAccount = (ctx: Ctx, { accountId, ...wish }: NewMute): Promise<void> =>
  transact(ctx, async (ctx) => {
    const muterId = actingId(ctx)
    await findAccount(ctx, { id: accountId })
    if (muterId === accountId) return
    const { hidesNotifications = true, seconds = 0 } = wish
    const expiresAt = seconds >= 1 && seconds <= LONGEST ? inSeconds(Math.floor(seconds)) : null
    await rows(ctx, upsert, [muterId, accountId, hidesNotifications, expiresAt])
    await emit(ctx, 'account.muted', { muterId, mutedId: accountId })
  })

const upsert = `INSERT INTO mutes (muter_id, muted_id, hides_notifications, expires_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (muter_id, muted_id)
  DO UPDATE SET hides_notifications = excluded.hides_notifications, expires_at = excluded.expires_at`
