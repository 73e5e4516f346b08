import { setTimeout as sleep } from 'node:timers/promises'
import type { Ctx } from '#core/ctx'
import { Notification } from '#core/notifications/notification.model'
import { notifyOfBoost } from '#core/notifications/notify-of-boost'
import { notifyOfFavourite } from '#core/notifications/notify-of-favourite'
import { notifyOfReaction } from '#core/notifications/notify-of-reaction'
import { notifyOfRequest } from '#core/notifications/notify-of-request'
import {
  withdrawOfBoost,
  withdrawOfFollow,
  withdrawOfReaction,
} from '#core/notifications/withdraw-notifications'
import { withdrawBoost } from '#core/posts/withdraw-boost'
import { Reaction } from '#core/reactions/reaction.model'
import { receiveReaction } from '#core/reactions/receive-reaction'
import { withdrawReaction } from '#core/reactions/withdraw-reaction'
import { withdrawFollow } from '#core/relationships/withdraw-follow'
import { rows } from '#platform/db'
import { transact } from '#platform/transact'
import { cast, type Member, stranger } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { boost, post } from '#test/factories/post'
import { outside as ctx } from '#test/factories/remote-post'
import type { Account } from '#core/accounts/account.model'

let alice: Member
let ann: Account
beforeEach(async () => {
  ;[{ alice }, ann] = await Promise.all([cast('alice'), stranger('ann')])
})

type Race = { tell(ctx: Ctx): Promise<void>; takeBack(ctx: Ctx): Promise<void> }

async function reaction(emoji: string): Promise<Race> {
  const { id: postId } = await post(alice)
  const fact = { accountId: ann.id, postId, emoji, uri: `${ann.uri}/likes/1` }
  await receiveReaction(ctx, fact)
  const { id: reactionId } = await Reaction.findOne({ rejectOnEmpty: true })
  const tell = emoji === '' ? notifyOfFavourite : notifyOfReaction
  return {
    tell: (ctx) => tell(ctx, { ...fact, reactionId }),
    takeBack: async (ctx) => {
      await withdrawReaction(ctx, fact)
      await withdrawOfReaction(ctx, { ...fact, reactionId })
    },
  }
}

async function boosted(): Promise<Race> {
  const { id: boostOfId } = await post(alice)
  const { id: postId, uri } = await boost(ann, { id: boostOfId }, { uri: `${ann.uri}/boosts/1` })
  const fact = { postId, authorId: ann.id, boostOfId, uri }
  return {
    tell: (ctx) => notifyOfBoost(ctx, fact),
    takeBack: async (ctx) => {
      await withdrawBoost(ctx, { actorId: ann.id, uri })
      await withdrawOfBoost(ctx, fact)
    },
  }
}

async function requested(): Promise<Race> {
  const { id: followId } = await follow(ann, alice, 'pending')
  const fact = {
    followId,
    followerId: ann.id,
    followedId: alice.account.id,
    uri: null,
    state: 'pending' as const,
  }
  return {
    tell: (ctx) => notifyOfRequest(ctx, fact),
    takeBack: async (ctx) => {
      await withdrawFollow(ctx, { followerId: ann.id, followedId: alice.account.id, uri: null })
      await withdrawOfFollow(ctx, fact)
    },
  }
}

const races: [string, () => Promise<Race>][] = [
  ['favourite', () => reaction('')],
  ['emoji', () => reaction('🎉')],
  ['boost', boosted],
  ['request', requested],
]

test.each(races)(
  'R-020: a %s that is taken back while it is told leaves no notification',
  async (_what, prepare) => {
    const { tell, takeBack } = await prepare()
    const held = Promise.withResolvers<void>()
    const locked = Promise.withResolvers<void>()
    // Whoever writes a notification by ann waits here, after having looked whether there is something to tell.
    const holding = transact({}, async (ctx) => {
      await rows(ctx, 'SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE', [ann.id])
      locked.resolve()
      await held.promise
    })
    await locked.promise
    const told = tell(ctx)
    await sleep(300)
    const takenBack = takeBack(ctx)
    await Promise.race([takenBack, sleep(700)])
    held.resolve()
    await Promise.all([holding, told, takenBack])
    expect(await Notification.count()).toBe(0)
  },
)
