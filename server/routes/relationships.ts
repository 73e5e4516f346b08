import { z } from 'zod'
import { findAccount } from '#core/accounts/find-account'
import { blockAccount } from '#core/relationships/block-account'
import { followAccount } from '#core/relationships/follow-account'
import { listsWith } from '#core/relationships/list.queries'
import { muteAccount } from '#core/relationships/mute-account'
import { removeFollower } from '#core/relationships/remove-follower'
import { unblockAccount } from '#core/relationships/unblock-account'
import { unfollowAccount } from '#core/relationships/unfollow-account'
import { unmuteAccount } from '#core/relationships/unmute-account'
import { actingId } from '#core/actor'
import { bool, id, ids, number, texts } from '../input.ts'
import { routes } from '../routes.ts'
import { listJson } from '../serializers/list.ts'
import { relationshipAfter, relationshipJson, relationshipsJson } from '../serializers/relationship.ts'

const target = z.looseObject({ id: id() })
const follow = z.looseObject({
  id: id(),
  reblogs: bool(),
  notify: bool(),
  languages: texts().optional(),
})
const mute = z.looseObject({ id: id(), notifications: bool(), duration: number() })

const follows = ['write:follows', 'follow']
const blocks = ['write:blocks', 'follow']
const mutes = ['write:mutes', 'follow']

export default routes('/api/v1/accounts', (r) => {
  r.get(
    '/relationships',
    {
      scopes: ['read:follows'],
      input: z.looseObject({ id: ids(), with_suspended: bool() }),
      answers: 'Array<Relationship>',
    },
    (ctx, { id: wanted, with_suspended: withSuspended = false }) =>
      relationshipsJson(ctx, wanted.slice(0, 300), { withSuspended }),
  )
  r.post(
    '/:id/follow',
    { scopes: follows, input: follow, limit: 'follows', answers: 'Relationship' },
    async (ctx, { id: accountId, reblogs, notify, languages }) => {
      await followAccount(ctx, { accountId, showsBoosts: reblogs, notifies: notify, languages })
      return relationshipJson(ctx, accountId)
    },
  )
  r.post(
    '/:id/unfollow',
    { scopes: follows, input: target, answers: 'Relationship' },
    relationshipAfter(unfollowAccount),
  )
  r.post(
    '/:id/remove_from_followers',
    { scopes: follows, input: target, answers: 'Relationship' },
    relationshipAfter(removeFollower),
  )
  r.post(
    '/:id/block',
    { scopes: blocks, input: target, answers: 'Relationship' },
    relationshipAfter(blockAccount),
  )
  r.post(
    '/:id/unblock',
    { scopes: blocks, input: target, answers: 'Relationship' },
    relationshipAfter(unblockAccount),
  )
  r.post(
    '/:id/mute',
    { scopes: mutes, input: mute, answers: 'Relationship' },
    async (ctx, { id: accountId, notifications, duration }) => {
      await muteAccount(ctx, { accountId, hidesNotifications: notifications, seconds: duration })
      return relationshipJson(ctx, accountId)
    },
  )
  r.post(
    '/:id/unmute',
    { scopes: mutes, input: target, answers: 'Relationship' },
    relationshipAfter(unmuteAccount),
  )
  r.get(
    '/:id/lists',
    { scopes: ['read:lists'], input: target, answers: 'Array<List>' },
    async (ctx, { id: asked }) => {
      const { id: accountId } = await findAccount(ctx, { id: asked })
      return (await listsWith(ctx, actingId(ctx), accountId)).map(listJson)
    },
  )
})
