import { z } from 'zod'
import type { Ctx } from '#core/ctx'
import { bookmarkPost } from '#core/posts/marks/bookmark-post'
import { boostPost } from '#core/posts/boost-post'
import { pinPost } from '#core/posts/marks/pin-post'
import { unbookmarkPost } from '#core/posts/marks/unbookmark-post'
import { unboostPost } from '#core/posts/unboost-post'
import { unpinPost } from '#core/posts/marks/unpin-post'
import { muteThread } from '#core/posts/threads/mute-thread'
import { unmuteThread } from '#core/posts/threads/unmute-thread'
import { react } from '#core/reactions/react'
import { unreact } from '#core/reactions/unreact'
import type { Id } from '#platform/ids'
import { id, text } from '../input.ts'
import { type Handler, routes } from '../routes.ts'
import { statusJson } from '../serializers/status.ts'

const one = z.looseObject({ id: id() })
const options = (scope: string) => ({ scopes: [scope], input: one, answers: 'Status' })

// Each answers with the post as it is now, flag and counter included (STAT-22).
const doing =
  (act: (ctx: Ctx, asked: { postId: Id }) => Promise<unknown>): Handler<z.output<typeof one>> =>
  async (ctx, { id: postId }) => {
    await act(ctx, { postId })
    return statusJson(ctx, postId)
  }

export default routes('/api/v1/statuses', (r) => {
  r.post('/:id/favourite', options('write:favourites'), doing(react))
  r.post('/:id/unfavourite', options('write:favourites'), doing(unreact))
  r.post('/:id/bookmark', options('write:bookmarks'), doing(bookmarkPost))
  r.post('/:id/unbookmark', options('write:bookmarks'), doing(unbookmarkPost))
  r.post('/:id/mute', options('write:mutes'), doing(muteThread))
  r.post('/:id/unmute', options('write:mutes'), doing(unmuteThread))
  r.post('/:id/pin', options('write:accounts'), doing(pinPost))
  r.post('/:id/unpin', options('write:accounts'), doing(unpinPost))
  r.post(
    '/:id/reblog',
    {
      scopes: ['write:statuses'],
      input: z.looseObject({ id: id(), visibility: text() }),
      limit: 'posting',
      answers: 'Status',
    },
    async (ctx, { id: postId, visibility }) =>
      statusJson(ctx, (await boostPost(ctx, { postId, visibility: visibility || undefined })).id),
  )
  r.post('/:id/unreblog', { ...options('write:statuses'), limit: 'deleting' }, async (ctx, { id: postId }) =>
    statusJson(ctx, await unboostPost(ctx, { postId })),
  )
})
