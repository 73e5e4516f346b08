import { z } from 'zod'
import { findAccount } from '#core/accounts/find-account'
import { actingId } from '#core/actor'
import { featureTag } from '#core/tags/feature-tag'
import { featuredTag, featuredTags, suggestedTags } from '#core/tags/tag.queries'
import { unfeatureTag } from '#core/tags/unfeature-tag'
import { NotFound } from '#platform/errors'
import { id } from '../input.ts'
import { routes } from '../routes.ts'
import { featuredTagJson } from '../serializers/featured-tag.ts'
import { tagsJson } from '../serializers/tag.ts'

const path = '/featured_tags'
const one = z.looseObject({ id: id() })

export default routes('/api/v1', (r) => {
  r.get(path, { scopes: ['read:accounts'], answers: 'Array<FeaturedTag>' }, async (ctx) =>
    (await featuredTags(ctx, actingId(ctx))).map(featuredTagJson),
  )
  r.post(
    path,
    {
      scopes: ['write:accounts'],
      input: z.looseObject({ name: z.string() }),
      missing: 400,
      answers: 'FeaturedTag',
    },
    async (ctx, { name }) => {
      const made = await featureTag(ctx, { name })
      const card = await featuredTag(ctx, made.accountId, made.id)
      if (!card) throw new NotFound()
      return featuredTagJson(card)
    },
  )
  r.get(`${path}/suggestions`, { scopes: ['read:accounts'], answers: 'Array<Tag>' }, async (ctx) =>
    tagsJson(ctx, await suggestedTags(ctx, actingId(ctx))),
  )
  r.delete(
    `${path}/:id`,
    { scopes: ['write:accounts'], input: one, answers: 'Empty' },
    (ctx, { id: featureId }) => unfeatureTag(ctx, { featureId }),
  )
  r.get(
    '/accounts/:id/featured_tags',
    { access: 'optional', input: one, answers: 'Array<FeaturedTag>' },
    async (ctx, { id: asked }) => {
      const account = await findAccount(ctx, { id: asked })
      return account.suspendedAt ? [] : (await featuredTags(ctx, account.id)).map(featuredTagJson)
    },
  )
})
