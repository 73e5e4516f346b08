import { accountIdOf } from '#core/actor'
import type { Ctx } from '#core/ctx'
import { postStates } from '#core/posts/post.queries'
import type { Reactor } from '#core/reactions/reactor.queries'
import type { Id } from '#platform/ids'
import { accountsJsonById } from './account.ts'
import { reactionsJson } from './reaction.ts'

/** The emojis of a post with those who gave them, as Pleroma says it; only the emojis that are among these reactions. */
export async function reactionGroupsJson(ctx: Ctx, postId: Id, found: readonly Reactor[]) {
  const [states, accounts] = await Promise.all([
    postStates(ctx, [postId], accountIdOf(ctx.actor) ?? null),
    accountsJsonById(
      ctx,
      found.map(({ accountId }) => accountId),
    ),
  ])
  const state = states.find(({ id }) => id === postId)
  const byEmoji = Map.groupBy(found, ({ emoji }) => emoji)
  return (state ? reactionsJson(state).reactions : []).flatMap((reaction) => {
    const given = byEmoji.get(reaction.name) ?? []
    return given.length > 0
      ? [{ ...reaction, accounts: given.flatMap(({ accountId }) => accounts.get(accountId) ?? []) }]
      : []
  })
}
