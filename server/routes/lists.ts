import { z } from 'zod'
import { actingId } from '#core/actor'
import { addToList } from '#core/relationships/add-to-list'
import { changeList } from '#core/relationships/change-list'
import { createList } from '#core/relationships/create-list'
import { deleteList } from '#core/relationships/delete-list'
import { findList } from '#core/relationships/find-list'
import { listsOf, membersOf } from '#core/relationships/list.queries'
import { removeFromList } from '#core/relationships/remove-from-list'
import { Page } from '../answers.ts'
import { bool, cursors, id, ids, text } from '../input.ts'
import { type Handler, routes } from '../routes.ts'
import { accountsJson } from '../serializers/account.ts'
import { listJson } from '../serializers/list.ts'

const listed = (value: unknown): unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]
const one = z.looseObject({ id: id() })
const shape = { title: text(), replies_policy: text(), exclusive: bool() }
const change = z.looseObject({ id: id(), ...shape })
const members = z.looseObject({ id: id(), account_ids: ids() })
// An account that cannot exist is an unknown one (MISC-02).
const newMembers = z.looseObject({ id: id(), account_ids: z.preprocess(listed, z.array(id())) })
const write = ['write:lists']

const update: Handler<z.output<typeof change>> = async (ctx, { id: listId, ...wish }) =>
  listJson(
    await changeList(ctx, {
      listId,
      title: wish.title,
      repliesPolicy: wish.replies_policy,
      isExclusive: wish.exclusive,
    }),
  )

export default routes('/api/v1/lists', (r) => {
  r.get('/', { scopes: ['read:lists'], answers: 'Array<List>' }, async (ctx) =>
    (await listsOf(ctx, actingId(ctx))).map(listJson),
  )
  r.get('/:id', { scopes: ['read:lists'], input: one, answers: 'List' }, async (ctx, { id: listId }) =>
    listJson(await findList(ctx, { listId })),
  )
  r.post('/', { scopes: write, input: z.looseObject(shape), answers: 'List' }, async (ctx, wish) =>
    listJson(
      await createList(ctx, {
        title: wish.title ?? '',
        repliesPolicy: wish.replies_policy,
        isExclusive: wish.exclusive,
      }),
    ),
  )
  r.put('/:id', { scopes: write, input: change, answers: 'List' }, update)
  r.patch('/:id', { scopes: write, input: change, answers: 'List' }, update)
  r.delete('/:id', { scopes: write, input: one, answers: 'Empty' }, (ctx, { id: listId }) =>
    deleteList(ctx, { listId }),
  )
  r.get(
    '/:id/accounts',
    {
      scopes: ['read:lists'],
      input: z.looseObject({ id: id(), ...cursors(40, 80) }),
      answers: 'Array<Account>',
    },
    async (ctx, { id: listId, ...page }) => {
      await findList(ctx, { listId })
      // No limit at all is asked for with 0 (PAGE-17).
      const found = await membersOf(ctx, listId, page.limit === 0 ? undefined : page)
      const items = await accountsJson(
        ctx,
        found.map((accountId) => ({ id: accountId })),
      )
      return page.limit === 0
        ? items
        : new Page(items, found, { internal: true, full: found.length === page.limit })
    },
  )
  r.post(
    '/:id/accounts',
    { scopes: write, input: newMembers, answers: 'Empty' },
    (ctx, { id: listId, account_ids: accountIds }) => addToList(ctx, { listId, accountIds }),
  )
  r.delete(
    '/:id/accounts',
    { scopes: write, input: members, answers: 'Empty' },
    (ctx, { id: listId, account_ids: accountIds }) => removeFromList(ctx, { listId, accountIds: accountIds }),
  )
})
