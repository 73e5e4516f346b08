import { endAccount } from '#core/accounts/end-account'
import { createFilter } from '#core/filters/create-filter'
import { Filter } from '#core/filters/filter.model'
import { muteThread } from '#core/posts/threads/mute-thread'
import { ThreadMute } from '#core/posts/threads/thread-mute.model'
import { featureTag } from '#core/tags/feature-tag'
import { FeaturedTag } from '#core/tags/featured-tag.model'
import { followTag } from '#core/tags/follow-tag'
import { TagFollow } from '#core/tags/tag-follow.model'
import { as, cast, type Member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { settle } from '#test/support/settle'

test('an account that ends leaves no filters, hashtags or muted conversations behind, and others keep theirs', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const note = await post(bob)
  const live = async (who: Member) => {
    await as(who, createFilter, { title: 'x', contexts: ['home'], keywords: [{ keyword: 'x' }] })
    await as(who, followTag, { name: 'bees' })
    await as(who, featureTag, { name: 'bees' })
    await as(who, muteThread, { postId: note.id })
  }
  await live(alice)
  await live(bob)
  const owners = async () => {
    const all = [Filter.findAll(), TagFollow.findAll(), FeaturedTag.findAll(), ThreadMute.findAll()]
    return (await Promise.all<{ accountId: string }[]>(all)).flat().map(({ accountId }) => accountId)
  }
  expect(await owners()).toHaveLength(8)
  await endAccount(alice.ctx, { accountId: alice.account.id })
  await settle()
  expect(await owners()).toEqual(Array.from({ length: 4 }, () => bob.account.id))
})
