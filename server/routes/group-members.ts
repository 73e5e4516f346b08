import { z } from 'zod'
import type { Ctx } from '#core/ctx'
import { answerRequest } from '#core/groups/answer-request'
import { banMembers } from '#core/groups/ban-members'
import { changeRank } from '#core/groups/change-rank'
import { findGroup } from '#core/groups/find-group'
import { assertRank } from '#core/groups/group.policy'
import { membersOf, membershipsOf } from '#core/groups/group.queries'
import { kickMembers } from '#core/groups/kick-members'
import { markGroupPost } from '#core/groups/mark-group-post'
import type { GroupMark } from '#core/groups/write-mark'
import { removeGroupPost } from '#core/groups/remove-group-post'
import { unbanMembers } from '#core/groups/unban-members'
import { blockedBy, requestersOf } from '#core/relationships/relationship.queries'
import type { Id } from '#platform/ids'
import { cursors, id, ids, text } from '../input.ts'
import { type Handler, routes } from '../routes.ts'
import { accountPage } from '../serializers/account-page.ts'
import { groupMemberPage, groupMembersJson } from '../serializers/group.ts'
import { statusJson } from '../serializers/status.ts'

const page = cursors(40, 80)
const asked = z.looseObject({ id: id(), account_id: id() })
const people = z.looseObject({ id: id(), account_ids: ids() })
const ranked = z.looseObject({ id: id(), account_ids: ids(), role: text() })
const status = z.looseObject({ id: id(), status_id: id() })
const write = { scopes: ['write:accounts'] }
const marking = { scopes: ['write:statuses'], input: status, answers: 'Status' }

// What only moderators read.
const forModerators = async (ctx: Ctx, groupId: Id): Promise<void> => {
  await findGroup(ctx, { groupId })
  await assertRank(ctx, groupId, 'moderator')
}

const rank =
  (usual: 'admin' | 'user'): Handler<z.output<typeof ranked>> =>
  async (ctx, { id: groupId, account_ids: accountIds, role = usual }) => {
    await changeRank(ctx, { groupId, accountIds, role })
    return groupMembersJson(ctx, await membershipsOf(ctx, groupId, accountIds))
  }

const mark =
  (mark: GroupMark, isOn: boolean): Handler<z.output<typeof status>> =>
  async (ctx, { id: groupId, status_id: postId }) => {
    await markGroupPost(ctx, { groupId, postId, mark, isOn })
    return statusJson(ctx, postId)
  }

/** Who is in groups and moderates them (client extensions 4.8). */
export default routes('/api/v1/groups/:id', (r) => {
  r.get(
    '/memberships',
    {
      access: 'optional',
      scopes: ['read:accounts'],
      input: z.looseObject({ id: id(), role: text(), ...page }),
      answers: 'Array<GroupMember>',
    },
    async (ctx, { id: groupId, role, ...rest }) => {
      await findGroup(ctx, { groupId })
      return groupMemberPage(ctx, await membersOf(ctx, { groupId, role }, rest), rest.limit)
    },
  )
  const listing = {
    scopes: ['read:accounts'],
    input: z.looseObject({ id: id(), ...page }),
    answers: 'Array<Account>',
  }
  r.get('/membership_requests', listing, async (ctx, { id: groupId, ...rest }) => {
    await forModerators(ctx, groupId)
    return accountPage(ctx, await requestersOf(ctx, groupId, rest), rest.limit)
  })
  for (const [verb, isAccepted] of [['authorize', true] as const, ['reject', false] as const])
    r.post(
      `/membership_requests/:account_id/${verb}`,
      { ...write, input: asked, answers: 'Empty' },
      (ctx, { id: groupId, account_id: accountId }) => answerRequest(ctx, { groupId, accountId, isAccepted }),
    )
  r.get('/blocks', listing, async (ctx, { id: groupId, ...rest }) => {
    await forModerators(ctx, groupId)
    return accountPage(ctx, await blockedBy(ctx, groupId, rest), rest.limit)
  })
  const many = { ...write, input: people, answers: 'Empty' }
  r.post('/blocks', many, (ctx, { id: groupId, account_ids: accountIds }) =>
    banMembers(ctx, { groupId, accountIds }),
  )
  r.delete('/blocks', many, (ctx, { id: groupId, account_ids: accountIds }) =>
    unbanMembers(ctx, { groupId, accountIds }),
  )
  r.post('/kick', many, (ctx, { id: groupId, account_ids: accountIds }) =>
    kickMembers(ctx, { groupId, accountIds }),
  )
  r.post('/promote', { ...write, input: ranked, answers: 'Array<GroupMember>' }, rank('admin'))
  r.post('/demote', { ...write, input: ranked, answers: 'Array<GroupMember>' }, rank('user'))
  r.delete('/statuses/:status_id', marking, async (ctx, { id: groupId, status_id: postId }) => {
    await removeGroupPost(ctx, { groupId, postId })
    return statusJson(ctx, postId)
  })
  r.post('/statuses/:status_id/lock', marking, mark('lock', true))
  r.post('/statuses/:status_id/unlock', marking, mark('lock', false))
  r.post('/statuses/:status_id/pin', marking, mark('pin', true))
  r.post('/statuses/:status_id/unpin', marking, mark('pin', false))
})
