import { z } from 'zod'
import type { Ctx } from '#core/ctx'
import { featureTag } from '#core/tags/feature-tag'
import { findTag } from '#core/tags/find-tag'
import { followTag } from '#core/tags/follow-tag'
import { unfeatureTag } from '#core/tags/unfeature-tag'
import { unfollowTag } from '#core/tags/unfollow-tag'
import { NotFound } from '#platform/errors'
import { routes } from '../routes.ts'
import { tagJson } from '../serializers/tag.ts'

const one = z.looseObject({ name: z.string() })
const following = { scopes: ['write:follows', 'follow'], input: one, answers: 'Tag::SignedIn' }
const featuring = { scopes: ['write:accounts'], input: one, answers: 'Tag::SignedIn' }

async function feature(ctx: Ctx, name: string) {
  await findTag(ctx, name)
  await featureTag(ctx, { name })
  return tagJson(ctx, await findTag(ctx, name))
}

// What was not featured is not featured afterwards either (MISC-08).
async function unfeature(ctx: Ctx, name: string) {
  const tag = await findTag(ctx, name)
  if (tag.id !== '')
    await unfeatureTag(ctx, { hashtagId: tag.id }).catch((error: unknown) => {
      if (!(error instanceof NotFound)) throw error
    })
  return tagJson(ctx, tag)
}

export default routes('/api/v1/tags', (r) => {
  r.get('/:name', { access: 'optional', input: one, answers: 'Tag' }, async (ctx, { name }) =>
    tagJson(ctx, await findTag(ctx, name)),
  )
  r.post('/:name/follow', { ...following, limit: 'follows' }, async (ctx, { name }) =>
    tagJson(ctx, await followTag(ctx, { name })),
  )
  r.post('/:name/unfollow', following, async (ctx, { name }) =>
    tagJson(ctx, await unfollowTag(ctx, { name })),
  )
  r.post('/:name/feature', featuring, (ctx, { name }) => feature(ctx, name))
  r.post('/:name/unfeature', featuring, (ctx, { name }) => unfeature(ctx, name))
})
