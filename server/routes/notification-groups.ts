import { z } from 'zod'
import { actingId } from '#core/actor'
import { clearNotifications } from '#core/notifications/clear-notifications'
import { dismissGroup } from '#core/notifications/dismiss-group'
import { accountsOfGroup, countUnreadGroups, groupOf, groupsOf } from '#core/notifications/group.queries'
import { NotFound } from '#platform/errors'
import { Page } from '../answers.ts'
import { bool, cursors, limit, texts, written } from '../input.ts'
import { Refused } from '../middleware/answer-errors.ts'
import { routes } from '../routes.ts'
import { accountsJsonById } from '../serializers/account.ts'
import { groupsJson } from '../serializers/notification-group.ts'

const filter = {
  types: texts(),
  exclude_types: texts(),
  grouped_types: texts().optional(),
  include_filtered: bool(),
}

/** How much of the accounts is wanted: all of each, or of most only the pictures (NOTE-20). */
const expansion = () =>
  z.preprocess(written, z.string()).transform((wish) => {
    if (wish !== '' && wish !== 'full' && wish !== 'partial_avatars')
      throw new Refused(400, "expand_accounts may be 'full' or 'partial_avatars'")
    return wish
  })

const read = ['read:notifications']
const write = ['write:notifications']
const supported = { supported_types: texts() }
const one = z.looseObject({ group_key: z.string() })

type Filter = z.output<z.ZodObject<typeof filter>>

const wanted = (accountId: string, input: Filter) => ({
  accountId,
  kinds: input.types,
  exceptKinds: input.exclude_types,
  groupedKinds: input.grouped_types,
  withFiltered: input.include_filtered,
})

export default routes('/api/v2/notifications', (r) => {
  r.get(
    '/',
    {
      scopes: read,
      input: z.looseObject({ ...filter, ...supported, ...cursors(40, 80), expand_accounts: expansion() }),
      answers: 'GroupedNotificationsResults',
    },
    async (ctx, input) => {
      const groups = await groupsOf(ctx, wanted(actingId(ctx), input), input)
      const json = await groupsJson(ctx, groups, {
        isPage: true,
        isPartial: input.expand_accounts === 'partial_avatars',
        supported: input.supported_types,
        types: input.types,
      })
      return new Page(
        json,
        groups.map(({ id }) => id),
      )
    },
  )
  r.get(
    '/unread_count',
    { scopes: read, input: z.looseObject({ ...filter, limit: limit(100, 1000) }), answers: 'UnreadCount' },
    async (ctx, input) => ({
      count: await countUnreadGroups(ctx, wanted(actingId(ctx), input), input.limit),
    }),
  )
  r.get(
    '/:group_key',
    { scopes: read, input: one.extend(supported), answers: 'GroupedNotificationsResults' },
    async (ctx, { group_key: key, supported_types: supported }) => {
      const group = await groupOf(ctx, actingId(ctx), key)
      const json = await groupsJson(ctx, group ? [group] : [], { supported })
      if (json.notification_groups.length === 0) throw new NotFound()
      return json
    },
  )
  r.get(
    '/:group_key/accounts',
    { scopes: read, input: one.extend(cursors(40, 80)), answers: 'Array<Account>' },
    async (ctx, { group_key: key, ...cursors }) => {
      const found = await accountsOfGroup(ctx, { accountId: actingId(ctx), key, cursors })
      const accounts = await accountsJsonById(
        ctx,
        found.map(({ id }) => id),
      )
      return new Page(
        found.flatMap(({ id }) => accounts.get(id) ?? []),
        found.map(({ notificationId }) => notificationId),
        { internal: true, full: found.length === cursors.limit },
      )
    },
  )
  r.post('/clear', { scopes: write, answers: 'Empty' }, (ctx) => clearNotifications(ctx))
  r.post('/:group_key/dismiss', { scopes: write, input: one, answers: 'Empty' }, (ctx, { group_key: key }) =>
    dismissGroup(ctx, { key }),
  )
})
