import type { Asking } from '#core/remote'
import { isOurs } from '#core/addresses'
import { fetchObject } from './fetch-object.ts'
import { findAccount } from './find-account.ts'
import { findStoredAccount, findStoredPost } from './find-stored.ts'
import { takePost } from './objects/post.ts'
import { authorOf } from './objects/read-people.ts'
import { isVote, isPost } from './objects/read-post.ts'
import { idOf, type Json, textOf } from './properties.ts'
import { type Ctx } from '#core/ctx'
import { nowhere } from '#core/remote'
import { MOST_OF_THREAD, noteAbove, readAbove } from './thread-limits.ts'

// Documents in one go: a post, and the actor and WebFinger of an author who is not known (R-086, CVE-2022-46405).
const MOST = 20
const inside: Ctx = { actor: { kind: 'kith' }, remote: nowhere }

/**
 * Fetches what a post answers, and what that answers, with at most twenty documents in all; then stores them from the first
 * to the last, so that each finds its parent. Posts that wait for one of them are linked as it is stored (federation rule
 * 121); circles end where they close (rule 98). What goes on above that is left out until somebody asks for it, up to two
 * hundred documents in an hour. Gives how many were stored.
 */
export async function fetchParents(ctx: Asking, uri: string): Promise<number> {
  const before = await readAbove(uri)
  const most = Math.min(MOST, MOST_OF_THREAD - before)
  const chain: Json[] = []
  const seen = new Set<string>()
  let next: string | undefined = uri
  let asked = 0
  while (next && !seen.has(next) && asked < most) {
    seen.add(next)
    if (isOurs(next) || (await findStoredPost(next))) break
    const object: Json | undefined = await fetchObject(ctx, next)
    if (!object || !isPost(object) || isVote(object) || !textOf(object.id)) break
    asked += (await findStoredAccount(authorOf(object))) ? 1 : 3
    if (asked > most) break
    chain.push(object)
    next = idOf(object.inReplyTo)
  }
  if (next && asked >= most) await noteAbove(next, before + asked)
  let stored = 0
  for (const object of chain.toReversed()) {
    const author = await findAccount(ctx, authorOf(object) ?? '')
    if (!author || author.isLocal) continue
    await takePost(inside, object, author)
    stored += 1
  }
  return stored
}
