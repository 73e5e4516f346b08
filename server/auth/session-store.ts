import { callbackify } from 'node:util'
import { type SessionData, Store } from 'express-session'
import { hashOf } from '#core/auth/find-token'
import { row, rows } from '#platform/db'
import { inSeconds } from '#platform/clock'
import type { Id } from '#platform/ids'

declare module 'express-session' {
  interface SessionData {
    passport?: { user?: Id }
    /** Of the browser that logged in, for the member's own list. */
    userAgent?: string
    ip?: string
    /** Stay logged in after the browser was closed. */
    remember?: boolean
    /** It was read from its row, so it is never written anew: a session that was ended meanwhile stays ended. */
    isKept?: boolean
  }
}

/** Seconds that a session lives unused (threats I4). */
const IDLE = { remembered: 30 * 86_400, brief: 86_400 }
const ABSOLUTE = "interval '180 days'"

type Done<T = void> = (error?: unknown, result?: T | null) => void

/** Keeps sessions in PostgreSQL, under the hash of their id: whoever reads the table has none of them. */
export class SessionStore extends Store {
  override get(sid: string, done: (error: unknown, session?: SessionData | null) => void): void {
    callbackify(find)(sid, done)
  }

  override set(sid: string, session: SessionData, done: Done = () => {}): void {
    callbackify(save)(sid, session, done)
  }

  override destroy(sid: string, done: Done = () => {}): void {
    callbackify(remove)(sid, done)
  }

  // Once in five minutes is often enough to know when a browser was last here.
  override touch(sid: string, session: SessionData, done: () => void = () => {}): void {
    callbackify(touch)(sid, session, done)
  }
}

const expiryOf = ({ remember }: SessionData): Date => inSeconds(remember ? IDLE.remembered : IDLE.brief)

async function find(sid: string): Promise<SessionData | null> {
  const found = await row<{ data: SessionData }>(
    {},
    `SELECT data FROM sessions WHERE token_hash = $1 AND expires_at > now() AND created_at > now() - ${ABSOLUTE}`,
    [hashOf(sid)],
  )
  return found ? { ...found.data, isKept: true } : null
}

async function touch(sid: string, session: SessionData): Promise<void> {
  await rows(
    {},
    `UPDATE sessions SET last_used_at = now(), expires_at = $2
     WHERE token_hash = $1 AND last_used_at < now() - interval '5 minutes'`,
    [hashOf(sid), expiryOf(session)],
  )
}

async function remove(sid: string): Promise<void> {
  await rows({}, 'DELETE FROM sessions WHERE token_hash = $1', [hashOf(sid)])
}

async function save(sid: string, session: SessionData): Promise<void> {
  const { userAgent = null, ip = null, isKept, ...data } = session
  const values = [hashOf(sid), session.passport?.user ?? null, JSON.stringify(data), expiryOf(session)]
  if (isKept) await rows({}, change, values)
  else await rows({}, insert, [...values, userAgent, ip])
}

const change = `UPDATE sessions SET user_id = $2, data = $3, last_used_at = now(), expires_at = $4
  WHERE token_hash = $1`
const insert = `INSERT INTO sessions (token_hash, user_id, data, expires_at, user_agent, ip)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (token_hash) DO UPDATE SET user_id = $2, data = $3, expires_at = $4, user_agent = $5, ip = $6`
