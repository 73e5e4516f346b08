import { blockAccount } from '#core/relationships/block-account'
import { deletePost } from '#core/posts/delete-post'
import { as, cast, type Member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { settle } from '#test/support/settle'

const path = '/api/v1/conversations'
const direct = (author: Member, ...mentions: Member[]) => post(author, { visibility: 'direct', mentions })
const list = async (who: Member, query = '') => {
  await settle()
  return (await client(who).get(path + query)).body
}

test('TL-18: there is one conversation for each set of others, with the newest post, unread for whom it came to', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  await direct(alice, bob)
  const answer = await direct(bob, alice)
  const three = await direct(carol, alice, bob)
  const note = await direct(alice)
  const body = await list(alice)
  expectEntity('Array<Conversation>', body)
  const shown = body.map(
    (each: { accounts: { username: string }[]; last_status: { id: string }; unread: boolean }) => [
      each.accounts.map(({ username }) => username).sort(),
      each.last_status.id,
      each.unread,
    ],
  )
  expect(shown).toEqual([
    [[], note.id, false],
    [['bob', 'carol'], three.id, true],
    [['bob'], answer.id, true],
  ])
  expect((await list(bob)).map((each: { unread: boolean }) => each.unread)).toEqual([true, false])
})

test('TL-18: read, unread and delete concern one member only, and a new post brings it back', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await direct(bob, alice)
  const [{ id }] = await list(alice)
  const app = client(alice)
  const read = await app.post(`${path}/${id}/read`)
  expectEntity('Conversation', read.body)
  expect(read.body.unread).toBe(false)
  expect((await app.post(`${path}/${id}/unread`)).body.unread).toBe(true)
  expect((await client(bob).post(`${path}/${id}/read`)).status).toBe(404)
  expect((await client(bob).delete(`${path}/${id}`)).status).toBe(404)
  expect((await app.delete(`${path}/${id}`)).body).toEqual({})
  expect(await list(alice)).toEqual([])
  expect(await list(bob)).toHaveLength(1)
  await direct(bob, alice)
  expect(await list(alice)).toHaveLength(1)
})

test('TL-18: a deleted post gives way to the one before it, and the last takes the conversation with it', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const [first, second] = [await direct(bob, alice), await direct(bob, alice)]
  await settle()
  await as(bob, deletePost, { postId: second.id })
  expect(await list(alice)).toMatchObject([{ last_status: { id: first.id } }])
  await as(bob, deletePost, { postId: first.id })
  expect(await list(alice)).toEqual([])
})

test('NOTE-05: a direct post from somebody blocked is in no conversation', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await as(alice, blockAccount, { accountId: bob.account.id })
  await direct(bob, alice)
  expect(await list(alice)).toEqual([])
})

test('PAGE-16: conversations page by the id of their last post', async () => {
  const { alice, bob, carol, dave } = await cast('alice', 'bob', 'carol', 'dave')
  for (const who of [bob, carol, dave]) await direct(who, alice)
  const first = await direct(bob, alice)
  await settle()
  const { body, headers } = await client(alice).get(`${path}?limit=2`)
  expect(body[0].last_status.id).toBe(first.id)
  expect(headers.get('link')).toContain(`max_id=${body[1].last_status.id}>; rel="next"`)
  const next = await client(alice).get(`${path}?limit=2&max_id=${body[1].last_status.id}`)
  expect(next.body).toHaveLength(1)
  expect(next.headers.get('link')).not.toContain('rel="next"')
})
