import { setTimeout as sleep } from 'node:timers/promises'
import { createToken } from '#core/auth/create-token'
import type { Ctx } from '#core/ctx'
import { nowhere } from '#core/remote'
import { rows } from '#platform/db'
import { migrate } from '#platform/migrate'
import { member } from '#test/factories/account'
import { startWeb } from './process.ts'

const ctx: Ctx = { actor: { kind: 'operator' }, remote: nowhere }

/** Somebody with followers on many servers, of a Kith of one web process and one worker. */
export type Author = {
  /** Where the web process listens. */
  url: string
  /** Posts a text by the API. */
  post(text: string): Promise<void>
  /** Waits until nothing is owed any more but what was put off. */
  settled(): Promise<void>
  /** The process that delivers. */
  worker: number
  end(): Promise<void>
}

/** Starts one on the stores of this bench, with a follower on each of these domains, which have shared inboxes. */
export async function startAuthor(domains: readonly string[]): Promise<Author> {
  await migrate()
  const { account } = await member('alice')
  await followFrom(domains, account.id)
  const { token } = await createToken(ctx, { username: 'alice', scopes: ['read', 'write'] })
  const web = await startWeb()
  const worker = await startWeb({ KITH_ROLE: 'worker', KITH_ORIGIN: web.url })
  return {
    url: web.url,
    post: (text) => post(web.url, token, text),
    settled: async () => {
      while (((await rows<{ open: number }>({}, open))[0]?.open ?? 0) > 0) await sleep(50)
    },
    worker: worker.pid ?? 0,
    end: async () => {
      await Promise.all([worker.end(), web.end()])
    },
  }
}

const open = `SELECT count(*)::int AS open FROM owed_work
  WHERE kind <> 'schedule' AND dead_at IS NULL AND (leased_until IS NOT NULL OR due_at <= now())`

const followFrom = (domains: readonly string[], followedId: string) =>
  rows(
    {},
    `WITH made AS (
       INSERT INTO accounts (domain, username, uri, inbox_url, shared_inbox_url, followers_url, fetched_at)
       SELECT d, 'ann', 'http://' || d || '/users/ann', 'http://' || d || '/users/ann/inbox', 'http://' || d || '/inbox',
         'http://' || d || '/users/ann/followers', now()
       FROM unnest($1::text[]) AS d RETURNING id)
     INSERT INTO follows (follower_id, followed_id, state) SELECT id, $2, 'accepted' FROM made`,
    [domains, followedId],
  )

async function post(url: string, token: string, status: string): Promise<void> {
  const answer = await fetch(`${url}/api/v1/statuses`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ status }),
  })
  if (!answer.ok) throw new Error(`a post was not taken: ${answer.status} ${await answer.text()}`)
}
