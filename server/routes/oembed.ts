import { z } from 'zod'
import { instance } from '#config/instance'
import type { Ctx } from '#core/ctx'
import { findPost } from '#core/posts/find-post'
import { NotFound } from '#platform/errors'
import { isId, type Id } from '#platform/ids'
import { id, text, written } from '../input.ts'
import { routes } from '../routes.ts'
import { type Frame, oembedJson } from '../serializers/oembed.ts'
import { statusJson } from '../serializers/status.ts'

const WIDTH = 400
// A number that is none, or that no screen has, is as good as none.
const side = (value: unknown): number | undefined => {
  const parsed = Number.parseInt(written(value), 10)
  return parsed > 0 && parsed < 10_000 ? parsed : undefined
}
const pixels = () => z.preprocess(side, z.number().optional())
const sizes = { maxwidth: pixels(), maxheight: pixels() }

/** The id in the address of a post of this instance: its page or its ActivityPub id. */
function idAt(address: string): Id {
  const url = URL.parse(address)
  const [, found] = /^\/(?:@[^/]+|users\/\d+\/(?:posts|statuses))\/(\d+)\/?$/.exec(url?.pathname ?? '') ?? []
  if (url?.origin !== instance.origin || !isId(found)) throw new NotFound()
  return found
}

// Only what may be on the page of everybody may be on the page of somebody (INST-26).
async function embed(ctx: Ctx, postId: Id, frame: Frame) {
  const post = await findPost({ ...ctx, actor: { kind: 'visitor' } }, postId)
  const isOpen = post.visibility === 'public' || post.visibility === 'unlisted'
  if (!isOpen || post.uri !== null || post.boostOfId) throw new NotFound()
  return oembedJson(await statusJson({ ...ctx, actor: { kind: 'visitor' } }, post.id), frame)
}

export default routes('/api', (r) => {
  r.get(
    '/oembed',
    { access: 'none', input: z.looseObject({ url: text(), ...sizes }), answers: 'OEmbed' },
    async (ctx, { url = '', maxwidth = WIDTH, maxheight = null }) =>
      embed(ctx, idAt(url), { width: maxwidth, height: maxheight }),
  )
  r.get(
    '/web/embeds/:id',
    { access: 'optional', input: z.looseObject({ id: id() }), answers: 'OEmbed' },
    async (ctx, { id: postId }) => embed(ctx, postId, { width: WIDTH, height: null }),
  )
})
