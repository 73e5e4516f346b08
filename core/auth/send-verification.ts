import { createHmac } from 'node:crypto'
import type { TxCtx } from '../ctx.ts'
import { inSeconds } from '#platform/clock'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'
import { oweOne } from '#platform/owed-work'
import { secretFor } from '#platform/secrets'
import { hashOf } from './find-token.ts'
import type { User } from './user.model.ts'
import { Verification } from './verification.model.ts'

/** How long a mailed link works, in seconds (threats I7). */
const lifetimes = { 'confirm-email': 86_400, 'reset-password': 1800 } as const

export type VerificationKind = keyof typeof lifetimes

/**
 * The token in a mailed link. It follows from the row and the secret of the instance, so that neither the database
 * nor the queue of mails holds anything that opens an account.
 */
export const tokenOf = (id: Id, kind: VerificationKind): string =>
  createHmac('sha256', secretFor('verification')).update(`${kind}:${id}`).digest('base64url')

/** Mails a link that proves that its reader has the address of `user`. Links of the same kind sent before stop working. */
export async function sendVerification(
  ctx: TxCtx,
  { user, kind }: { user: User; kind: VerificationKind },
): Promise<void> {
  const found = await row<{ id: Id }>(ctx, 'SELECT kith_id()::text AS id')
  const id = found!.id
  await Verification.destroy({ where: { userId: user.id, kind }, transaction: ctx.tx })
  await Verification.create(
    {
      id,
      userId: user.id,
      kind,
      email: user.email,
      tokenHash: hashOf(tokenOf(id, kind)),
      expiresAt: inSeconds(lifetimes[kind]),
    },
    { transaction: ctx.tx },
  )
  await oweOne(ctx, { kind: 'mail', payload: { mail: kind, verificationId: id } })
}
