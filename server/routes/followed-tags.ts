import { z } from 'zod'
import { actingId } from '#core/actor'
import { followedTags } from '#core/tags/tag.queries'
import { Page } from '../answers.ts'
import { cursors } from '../input.ts'
import { routes } from '../routes.ts'
import { tagsJson } from '../serializers/tag.ts'

export default routes('/api/v1/followed_tags', (r) => {
  r.get(
    '/',
    {
      scopes: ['read:follows', 'follow'],
      input: z.looseObject(cursors(100, 200)),
      answers: 'Array<Tag::SignedIn>',
    },
    async (ctx, at) => {
      const found = await followedTags(ctx, actingId(ctx), at)
      const ids = found.map(({ cursor }) => cursor)
      return new Page(await tagsJson(ctx, found), ids, { internal: true, full: found.length === at.limit })
    },
  )
})
