import { z } from 'zod'
import { findAccount } from '#core/accounts/find-account'
import { type AccountPostsFilter, postsOfAccount } from '#core/posts/account-posts.queries'
import { normalizeHashtag } from '#core/text/normalize-hashtag'
import { bool, cursors, id, text } from '../input.ts'
import { type Handler, routes } from '../routes.ts'
import { statusPage } from '../serializers/status-page.ts'
import { statusesJson } from '../serializers/status.ts'

const input = z.looseObject({
  id: id(),
  ...cursors(20, 40),
  only_media: bool(),
  exclude_replies: bool(),
  exclude_reblogs: bool(),
  exclude_direct: bool(),
  pinned: bool(),
  tagged: text(),
})
type Asked = z.output<typeof input>

const filterOf = (asked: Asked): AccountPostsFilter => ({
  onlyMedia: asked.only_media,
  excludeReplies: asked.exclude_replies,
  excludeBoosts: asked.exclude_reblogs,
  excludeDirect: asked.exclude_direct,
  pinned: asked.pinned,
  // A text that can be no hashtag is one that no post has.
  tagged: asked.tagged ? (normalizeHashtag(asked.tagged) ?? '') : undefined,
})

const list: Handler<Asked> = async (ctx, asked) => {
  const { id: accountId } = await findAccount(ctx, { id: asked.id })
  const ids = await postsOfAccount(ctx, { accountId, cursors: asked, filter: filterOf(asked) })
  // All pins are on the first page: there is nothing to page through.
  return asked.pinned ? statusesJson(ctx, ids) : statusPage(ctx, ids, asked.limit)
}

export default routes('/api/v1/accounts', (r) => {
  r.get(
    '/:id/statuses',
    { access: 'optional', scopes: ['read:statuses'], input, answers: 'Array<Status>' },
    list,
  )
})
