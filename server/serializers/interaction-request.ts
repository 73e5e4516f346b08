import type { Ctx } from '#core/ctx'
import type { InteractionRequest } from '#core/posts/interactions/interaction-request'
import { accountsJsonById } from './account.ts'
import { statusesJson } from './status.ts'

const types = { like: 'favourite', reply: 'reply', boost: 'reblog' } as const

/**
 * What others want to do with posts, in the order given (client extensions 4.13); the number of queries does not depend on how
 * many there are.
 */
export async function interactionRequestsJson(ctx: Ctx, requests: readonly InteractionRequest[]) {
  const postIds = requests.flatMap(({ kind, id, targetId }) =>
    kind === 'reply' ? [targetId, id] : [targetId],
  )
  const [accounts, posts] = await Promise.all([
    accountsJsonById(
      ctx,
      requests.map(({ accountId }) => accountId),
    ),
    statusesJson(ctx, [...new Set(postIds)]),
  ])
  const postById = new Map(posts.map((post) => [post.id, post]))
  return requests.flatMap(({ id, kind, accountId, targetId, state, createdAt, answeredAt }) => {
    const [account, status, reply] = [accounts.get(accountId), postById.get(targetId), postById.get(id)]
    if (!account || !status || (kind === 'reply' && !reply)) return []
    const at = answeredAt?.toISOString()
    return [
      {
        id,
        type: types[kind],
        created_at: createdAt.toISOString(),
        account,
        status,
        ...(kind === 'reply' ? { reply } : {}),
        ...(state === 'accepted' ? { accepted_at: at } : {}),
        ...(state === 'rejected' ? { rejected_at: at } : {}),
      },
    ]
  })
}
