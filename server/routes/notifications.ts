import { z } from 'zod'
import { actingId } from '#core/actor'
import type { Ctx } from '#core/ctx'
import { clearNotifications } from '#core/notifications/clear-notifications'
import { dismissNotification } from '#core/notifications/dismiss-notification'
import { kinds } from '#core/notifications/kinds'
import {
  countUnread,
  notificationOf,
  notificationsOf,
  notificationStretch,
} from '#core/notifications/notification.queries'
import { NotFound } from '#platform/errors'
import { Page } from '../answers.ts'
import { bool, cursors, id, limit, maybeId, texts } from '../input.ts'
import { routes } from '../routes.ts'
import { keep } from '../serializers/kept-pages.ts'
import { notificationsJson } from '../serializers/notification.ts'

const filter = {
  types: texts(),
  exclude_types: texts(),
  account_id: maybeId(),
  include_filtered: bool(),
}
const supported = { supported_types: texts() }
const read = ['read:notifications']
const write = ['write:notifications']
const one = z.looseObject({ id: id() })

type Filter = z.output<z.ZodObject<typeof filter>>

const wanted = (accountId: string, input: Filter) => ({
  accountId,
  kinds: input.types,
  exceptKinds: input.exclude_types,
  fromId: input.account_id,
  withFiltered: input.include_filtered,
})

const list = z.looseObject({ ...filter, ...supported, ...cursors(40, 80) })

async function render(ctx: Ctx, input: z.output<typeof list>) {
  const told = await notificationsOf(ctx, wanted(actingId(ctx), input), input)
  const json = await notificationsJson(ctx, told, { supported: input.supported_types, types: input.types })
  const stretch = notificationStretch(input, told)
  return {
    json,
    cursors: told.map(({ id }) => id),
    statuses: json.flatMap(({ status }) => status ?? []),
    accountIds: json.map(({ account }) => account.id),
    stretch,
    // Reports, collections and their like have rows that no mark sees.
    isFleeting: !stretch || told.some(({ subjectId, kind }) => subjectId && !kinds.get(kind)?.isLasting),
  }
}

export default routes('/api/v1/notifications', (r) => {
  r.get('/', { scopes: read, input: list, answers: 'Array<Notification>' }, async (ctx, input) => {
    // What was put aside is asked for rarely, and stands in another stretch.
    if (input.include_filtered || input.account_id) {
      const { json, cursors } = await render(ctx, input)
      return new Page(json, cursors)
    }
    const {
      types,
      exclude_types: except,
      supported_types: known,
      max_id: high,
      since_id: low,
      min_id: min,
    } = input
    const key = JSON.stringify(['notifications', types, except, known, high, low, min, input.limit])
    const { bytes, cursors } = await keep(ctx, key, () => render(ctx, input))
    return new Page(bytes, cursors)
  })
  r.get(
    '/unread_count',
    { scopes: read, input: z.looseObject({ ...filter, limit: limit(100, 1000) }), answers: 'UnreadCount' },
    async (ctx, input) => ({ count: await countUnread(ctx, wanted(actingId(ctx), input), input.limit) }),
  )
  r.get(
    '/:id',
    { scopes: read, input: one.extend(supported), answers: 'Notification' },
    async (ctx, input) => {
      const told = await notificationOf(ctx, actingId(ctx), input.id)
      const [json] = told ? await notificationsJson(ctx, [told], { supported: input.supported_types }) : []
      if (!json) throw new NotFound()
      return json
    },
  )
  r.post('/clear', { scopes: write, answers: 'Empty' }, (ctx) => clearNotifications(ctx))
  r.post('/:id/dismiss', { scopes: write, input: one, answers: 'Empty' }, (ctx, { id: notificationId }) =>
    dismissNotification(ctx, { notificationId }),
  )
})
