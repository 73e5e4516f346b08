import { z } from 'zod'
import type { Ctx } from '#core/ctx'
import { postToGroup } from '#core/groups/post-to-group'
import { UnexpectedMentions } from '#core/posts/compose-content'
import { createPost } from '#core/posts/create-post'
import { deletePost } from '#core/posts/delete-post'
import { editPost } from '#core/posts/edits/edit-post'
import { findPost } from '#core/posts/find-post'
import { schedulePost } from '#core/posts/scheduled/schedule-post'
import { scheduledPost } from '#core/posts/scheduled/scheduled.queries'
import { visibleAmong } from '#core/posts/post.queries'
import { Invalid } from '#platform/errors'
import type { Id } from '#platform/ids'
import { Answer } from '../answers.ts'
import { bool, id, ids } from '../input.ts'
import { readEdit, readPost, readTime, statusEditInput, statusInput } from '../input/status.ts'
import { type Handler, routes } from '../routes.ts'
import { accountsJson } from '../serializers/account.ts'
import { deletedStatusJson } from '../serializers/deleted-status.ts'
import { keep } from '../serializers/kept-pages.ts'
import { scheduledStatusJson } from '../serializers/scheduled-status.ts'
import { statusesJson, statusJson } from '../serializers/status.ts'

const one = z.looseObject({ id: id() })
const write = ['write:statuses']
const MANY = 20

const create: Handler<z.output<typeof statusInput>> = async (ctx, input, { headers }) => {
  try {
    const draft = readPost(input, headers['idempotency-key'])
    const scheduledAt = readTime(input.scheduled_at)
    if (scheduledAt) return await later(ctx, { ...draft, scheduledAt })
    const { groupId } = draft
    const post = groupId ? postToGroup(ctx, { ...draft, groupId }) : createPost(ctx, draft)
    return await statusJson(ctx, (await post).id)
  } catch (error) {
    if (error instanceof UnexpectedMentions) return unexpected(ctx, error)
    throw error
  }
}

async function later(ctx: Ctx, draft: Parameters<typeof schedulePost>[1]) {
  const made = await schedulePost(ctx, draft)
  if ('postId' in made) return statusJson(ctx, made.postId)
  return scheduledStatusJson(await scheduledPost(ctx, made.scheduledId))
}

const unexpected = async (ctx: Ctx, { message, accounts }: UnexpectedMentions): Promise<Answer> =>
  new Answer(422, { error: message, unexpected_accounts: await accountsJson(ctx, accounts) })

const edit: Handler<z.output<typeof statusEditInput>> = async (ctx, input, { files }) => {
  await editPost(ctx, readEdit(input, files))
  return statusJson(ctx, input.id)
}

async function showStatus(ctx: Ctx, postId: Id): Promise<Buffer> {
  const { bytes } = await keep(ctx, `post ${postId}`, async () => {
    const status = await statusJson(ctx, (await findPost(ctx, postId)).id)
    return { json: status, statuses: [status] }
  })
  return bytes
}

export default routes('/api/v1/statuses', (r) => {
  r.post(
    '/',
    {
      scopes: write,
      input: statusInput,
      headers: ['Idempotency-Key'],
      limit: 'posting',
      answers: 'StatusOrScheduledStatus',
    },
    create,
  )
  r.get(
    '/',
    {
      access: 'optional',
      scopes: ['read:statuses'],
      input: z.looseObject({ id: ids() }),
      answers: 'Array<Status>',
    },
    async (ctx, { id: wanted }) => {
      if (wanted.length > MANY) throw new Invalid(`Validation failed: at most ${MANY} posts at a time`)
      return statusesJson(ctx, await visibleAmong(ctx, wanted))
    },
  )
  r.get(
    '/:id',
    { access: 'optional', scopes: ['read:statuses'], input: one, answers: 'Status' },
    (ctx, { id: postId }) => showStatus(ctx, postId),
  )
  r.delete(
    '/:id',
    {
      scopes: write,
      input: z.looseObject({ id: id(), delete_media: bool() }),
      limit: 'deleting',
      answers: 'DeletedStatus',
    },
    async (ctx, { id: postId, delete_media: deletesMedia }) => {
      const json = await deletedStatusJson(ctx, postId)
      await deletePost(ctx, { postId, deletesMedia })
      return json
    },
  )
  r.put('/:id', { scopes: write, input: statusEditInput, limit: 'posting', answers: 'Status' }, edit)
  r.patch('/:id', { scopes: write, input: statusEditInput, limit: 'posting', answers: 'Status' }, edit)
})
