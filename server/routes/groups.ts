import { z } from 'zod'
import { actingId } from '#core/actor'
import { createGroup } from '#core/groups/create-group'
import { deleteGroup } from '#core/groups/delete-group'
import { editGroup, type GroupChanges } from '#core/groups/edit-group'
import { findGroup } from '#core/groups/find-group'
import { groupTimeline } from '#core/groups/group-timeline.queries'
import { groupsOf } from '#core/groups/group.queries'
import { joinGroup } from '#core/groups/join-group'
import { leaveGroup } from '#core/groups/leave-group'
import { bool, cursors, id, ids, text } from '../input.ts'
import { type Call, type Handler, routes } from '../routes.ts'
import { groupJson, groupPage, groupRelationshipJson, groupRelationshipsJson } from '../serializers/group.ts'
import { statusPage } from '../serializers/status-page.ts'

const one = z.looseObject({ id: id() })
const shape = {
  display_name: text(),
  note: text(),
  locked: bool(),
  discoverable: bool(),
  membership_required: bool(),
  posting_restricted: bool(),
}
const draft = z.looseObject({ ...shape, slug: text() })
const change = z.looseObject({ ...shape, id: id() })
const files = ['avatar', 'header']
const reading = { access: 'optional', scopes: ['read:accounts'] } as const
const writing = { scopes: ['write:accounts'], answers: 'Group' }
const belonging = { scopes: ['write:follows', 'follow'], input: one, answers: 'GroupRelationship' }

type Wish = z.output<z.ZodObject<typeof shape>>

const changesOf = (wish: Wish, { avatar, header }: Call['files']): GroupChanges => ({
  displayName: wish.display_name,
  note: wish.note,
  isLocked: wish.locked,
  isDiscoverable: wish.discoverable,
  requiresMembership: wish.membership_required,
  isRestricted: wish.posting_restricted,
  avatar,
  header,
})

const create: Handler<z.output<typeof draft>> = async (ctx, wish, call) => {
  const changes = changesOf(wish, call.files)
  const displayName = wish.display_name ?? ''
  return groupJson(ctx, (await createGroup(ctx, { ...changes, displayName, name: wish.slug })).id)
}

const edit: Handler<z.output<typeof change>> = async (ctx, { id: groupId, ...wish }, call) => {
  await editGroup(ctx, { groupId, ...changesOf(wish, call.files) })
  return groupJson(ctx, groupId)
}

/** Groups, as apps of Pleroma's family know them (client extensions 4.8). */
export default routes('/api/v1', (r) => {
  r.post('/groups', { ...writing, input: draft, files }, create)
  r.get(
    '/groups',
    { scopes: ['read:accounts'], input: z.looseObject(cursors(40, 80)), answers: 'Array<Group>' },
    async (ctx, page) => groupPage(ctx, await groupsOf(ctx, actingId(ctx), page), page.limit),
  )
  r.get(
    '/groups/relationships',
    {
      scopes: ['read:follows', 'follow'],
      input: z.looseObject({ id: ids() }),
      answers: 'Array<GroupRelationship>',
    },
    (ctx, { id: wanted }) => groupRelationshipsJson(ctx, wanted),
  )
  r.get('/groups/:id', { ...reading, input: one, answers: 'Group' }, (ctx, { id: groupId }) =>
    groupJson(ctx, groupId),
  )
  r.put('/groups/:id', { ...writing, input: change, files }, edit)
  r.patch('/groups/:id', { ...writing, input: change, files }, edit)
  r.delete('/groups/:id', { ...writing, input: one, answers: 'Empty' }, (ctx, { id: groupId }) =>
    deleteGroup(ctx, { groupId }),
  )
  r.post('/groups/:id/join', { ...belonging, limit: 'follows' }, async (ctx, { id: groupId }) => {
    await joinGroup(ctx, { groupId })
    return groupRelationshipJson(ctx, groupId)
  })
  r.post('/groups/:id/leave', belonging, async (ctx, { id: groupId }) => {
    await leaveGroup(ctx, { groupId })
    return groupRelationshipJson(ctx, groupId)
  })
  r.get(
    '/timelines/group/:id',
    {
      access: 'optional',
      scopes: ['read:statuses'],
      input: z.looseObject({ id: id(), ...cursors(20, 40) }),
      answers: 'Array<Status>',
    },
    async (ctx, { id: groupId, ...page }) => {
      await findGroup(ctx, { groupId })
      return statusPage(ctx, await groupTimeline(ctx, groupId, page), page.limit)
    },
  )
})
