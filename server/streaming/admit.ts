import type { Request, Response } from 'express'
import { rates } from '#config/rates'
import { findToken } from '#core/auth/find-token'
import { nowhere } from '#core/remote'
import { TooMany } from '#platform/errors'
import { tokenOf } from '../middleware/read-body.ts'
import { Refused } from '../middleware/answer-errors.ts'
import { limitStranger } from '../middleware/rate-limits.ts'
import type { Viewer } from './connection.ts'
import { countConnections } from './hub.ts'

const MOST_PER_TOKEN = 100
const MINUTE = 60_000

/**
 * Finds out who opens a stream (STRM-02, STRM-03). Throws Refused with 401 unless the token is a member's who may use it
 * now, and TooMany when it has a hundred open already.
 */
export async function admit(req: Request, res: Response): Promise<Viewer> {
  const viewer = await viewerOf(tokenOf(req) ?? protocolOf(req))
  if (!viewer) {
    await limitStranger(req, res)
    throw new Refused(401, 'The access token is invalid', { 'WWW-Authenticate': 'Bearer realm="Kith"' })
  }
  if (countConnections(viewer.tokenId) >= MOST_PER_TOKEN * rates.factor)
    throw new TooMany(new Date(Date.now() + MINUTE))
  return viewer
}

/** The first of the subprotocols offered: browsers cannot send a token in any other way than here or in the address. */
const protocolOf = (req: Request): string | undefined =>
  req.headers['sec-websocket-protocol']?.split(',', 1)[0]?.trim() || undefined

async function viewerOf(token: string | undefined): Promise<Viewer | undefined> {
  const bearer = token ? await findToken(token) : undefined
  if (!bearer || bearer.revokedAt || bearer.disabledAt || bearer.suspendedAt) return undefined
  const { tokenId, appId, scopes, userId, accountId, role, confirmedAt, approvedAt } = bearer
  if (!userId || !accountId || !role || !confirmedAt || !approvedAt) return undefined
  const actor = { kind: 'person', userId, accountId, role, appId, tokenId } as const
  return { ctx: { actor, remote: nowhere }, accountId, userId, tokenId, scopes }
}
