import { z } from 'zod'
import { cancelScheduled } from '#core/posts/scheduled/cancel-scheduled'
import { reschedulePost } from '#core/posts/scheduled/reschedule-post'
import { scheduledPost, scheduledPosts } from '#core/posts/scheduled/scheduled.queries'
import { now } from '#platform/clock'
import { Page } from '../answers.ts'
import { cursors, id } from '../input.ts'
import { readTime } from '../input/status.ts'
import { type Handler, routes } from '../routes.ts'
import { scheduledStatusJson } from '../serializers/scheduled-status.ts'

const read = { scopes: ['read:statuses'] }
const write = { scopes: ['write:statuses'] }
const one = z.looseObject({ id: id() })
const change = z.looseObject({ id: id(), scheduled_at: z.string().optional() })

const move: Handler<z.output<typeof change>> = async (ctx, { id: asked, scheduled_at: time }) => {
  // A time in the past is no way to publish at once here: it is too near, as any other.
  if (time) await reschedulePost(ctx, { id: asked, scheduledAt: readTime(time) ?? now() })
  return scheduledStatusJson(await scheduledPost(ctx, asked))
}

export default routes('/api/v1/scheduled_statuses', (r) => {
  r.get(
    '/',
    { ...read, input: z.looseObject(cursors(20, 40)), answers: 'Array<ScheduledStatus>' },
    async (ctx, page) => {
      const found = await scheduledPosts(ctx, page)
      const ids = found.map((each) => each.id)
      return new Page(found.map(scheduledStatusJson), ids, { full: found.length === page.limit })
    },
  )
  r.get('/:id', { ...read, input: one, answers: 'ScheduledStatus' }, async (ctx, { id: asked }) =>
    scheduledStatusJson(await scheduledPost(ctx, asked)),
  )
  r.put('/:id', { ...write, input: change, answers: 'ScheduledStatus' }, move)
  r.patch('/:id', { ...write, input: change, answers: 'ScheduledStatus' }, move)
  r.delete('/:id', { ...write, input: one, answers: 'Empty' }, async (ctx, { id: asked }) => {
    await cancelScheduled(ctx, { id: asked })
    return {}
  })
})
