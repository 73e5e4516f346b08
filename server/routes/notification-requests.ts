import { z } from 'zod'
import { actingId } from '#core/actor'
import { acceptRequests } from '#core/notifications/accept-requests'
import { dismissRequests } from '#core/notifications/dismiss-requests'
import { areMerged, requestOf, requestsOf } from '#core/notifications/request.queries'
import { NotFound } from '#platform/errors'
import { Page } from '../answers.ts'
import { cursors, id, ids } from '../input.ts'
import { routes } from '../routes.ts'
import { notificationRequestsJson } from '../serializers/notification-request.ts'

const read = ['read:notifications']
const write = ['write:notifications']
const one = z.looseObject({ id: id() })
const some = z.looseObject({ id: ids() })

export default routes('/api/v1/notifications/requests', (r) => {
  r.get(
    '/',
    { scopes: read, input: z.looseObject(cursors(40, 80)), answers: 'Array<NotificationRequest>' },
    async (ctx, cursors) => {
      const found = await requestsOf(ctx, actingId(ctx), cursors)
      const requestIds = found.map((request) => request.id)
      return new Page(await notificationRequestsJson(ctx, found), requestIds)
    },
  )
  r.get('/merged', { scopes: read, answers: 'NotificationsMerged' }, async (ctx) => ({
    merged: await areMerged(ctx, actingId(ctx)),
  }))
  r.post('/accept', { scopes: write, input: some, answers: 'Empty' }, async (ctx, { id: requestIds }) => {
    await acceptRequests(ctx, { requestIds })
  })
  r.post('/dismiss', { scopes: write, input: some, answers: 'Empty' }, async (ctx, { id: requestIds }) => {
    await dismissRequests(ctx, { requestIds })
  })
  r.get(
    '/:id',
    { scopes: read, input: one, answers: 'NotificationRequest' },
    async (ctx, { id: requestId }) => {
      const found = await requestOf(ctx, actingId(ctx), requestId)
      const [json] = await notificationRequestsJson(ctx, found ? [found] : [])
      if (!json) throw new NotFound()
      return json
    },
  )
  r.post('/:id/accept', { scopes: write, input: one, answers: 'Empty' }, async (ctx, { id: requestId }) => {
    if ((await acceptRequests(ctx, { requestIds: [requestId] })) === 0) throw new NotFound()
  })
  r.post('/:id/dismiss', { scopes: write, input: one, answers: 'Empty' }, async (ctx, { id: requestId }) => {
    if ((await dismissRequests(ctx, { requestIds: [requestId] })) === 0) throw new NotFound()
  })
})
