import { Account } from '#core/accounts/account.model'
import { endAccount } from '#core/accounts/end-account'
import { Post } from '#core/posts/post.model'
import { rows } from '#platform/db'
import { cast, stranger } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { outside } from '#test/factories/remote-post'
import { settle } from '#test/support/settle'

test('with an account everything goes that it published, and no deletion of a single post is sent', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const rea = await stranger('rea')
  const kept = await post(bob)
  await boost(alice, kept)
  await boost(bob, await post(alice))
  for (let at = 0; at < 60; at += 1) await post(alice, { mentions: [{ id: rea.id }] })
  await endAccount(outside, { accountId: alice.account.id })
  await settle()
  expect((await Post.findAll()).map(({ id }) => id)).toEqual([kept.id])
  expect((await Post.findByPk(kept.id))!.boostsCount).toBe(0)
  expect((await Account.findByPk(bob.account.id))!.postsCount).toBe(1)
  const sent = await rows(
    {},
    `SELECT FROM owed_work WHERE kind = 'delivery' AND payload::text LIKE '%/posts/%'`,
  )
  expect(sent).toEqual([])
})
