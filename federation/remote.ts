import type { Remote } from '#core/remote'
import { findAccount, findAccountByHandle, meetActor } from './find-account.ts'
import { fetchObject } from './fetch-object.ts'
import { findPost, takeObject } from './find-post.ts'
import { findStoredAccount, findStoredPost } from './find-stored.ts'
import { actorTypes } from './objects/account.ts'
import { typeOf } from './properties.ts'
import { trace } from './trace/trace.ts'

/** How the core finds accounts and posts on other servers. What is not had for any reason is undefined, never an error. */
export const remote: Remote = {
  findAccount: async (ctx, handle, options) => (await findAccountByHandle(ctx, handle, options))?.id,
  findAccountAt: async (ctx, url) => (await findAccount(ctx, url))?.id,
  findPostAt: async (ctx, url) => (await findPost(ctx, url))?.id,
  findAt: async (ctx, url) => {
    const [account, post] = await Promise.all([findStoredAccount(url), findStoredPost(url)])
    if (post) return { postId: post.id }
    if (account) return { accountId: account.id }
    const object = await fetchObject(ctx, url)
    if (!object) return undefined
    if (typeOf(object, actorTypes)) {
      const found = await meetActor(ctx, object)
      return found ? { accountId: found.id } : undefined
    }
    const taken = await takeObject(ctx, object)
    return taken ? { postId: taken.id } : undefined
  },
  trace,
}
