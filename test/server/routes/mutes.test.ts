import { addToList } from '#core/relationships/add-to-list'
import { createList } from '#core/relationships/create-list'
import { Follow } from '#core/relationships/follow.model'
import { followAccount } from '#core/relationships/follow-account'
import { tellStreams } from '#core/stream'
import { as, cast } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { client, makeToken } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { settle } from '#test/support/settle'
import { closeAll, openSocket } from '#test/support/streams'

afterEach(closeAll)

const bees = { hashtags: [{ name: 'bees', display: 'bees' }] }
const idsOf = (list: { id: string }[]) => list.map(({ id }) => id)

test('ACCT-30 a mute takes posts out of every timeline and stream, and touches neither follows nor the profile', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  for (const { account } of [bob, carol]) await as(alice, followAccount, { accountId: account.id })
  await as(bob, followAccount, { accountId: alice.account.id })
  const list = await as(alice, createList, { title: 'all' })
  await as(alice, addToList, { listId: list.id, accountIds: [bob.account.id, carol.account.id] })
  const muted = await post(bob, bees)
  await boost(carol, muted)
  const kept = await post(carol, bees)
  await settle()
  const app = client(alice)
  const paths = ['home', `list/${list.id}`, 'public', 'tag/bees'].map((name) => `/api/v1/timelines/${name}`)
  const read = async () =>
    (await Promise.all(paths.map(async (path) => idsOf((await app.get(path)).body)))).flat()
  const before = await read()
  expect([muted.id, kept.id].every((id) => before.includes(id))).toBe(true)
  await read()
  const { body } = await app.post(`/api/v1/accounts/${bob.account.id}/mute`)
  expectEntity('Relationship', body)
  expect(body).toMatchObject({ muting: true, following: true, followed_by: true })
  expect([...new Set(await read())]).toEqual([kept.id])
  expect(await Follow.count()).toBe(3)
  const profile = `/api/v1/accounts/${bob.account.id}`
  expect((await app.get(profile)).status).toBe(200)
  expect(idsOf((await app.get(`${profile}/statuses`)).body)).toEqual([muted.id])
  const opened = await openSocket('', { token: await makeToken(['read'], alice) })
  for (const stream of ['user', 'public', 'direct']) opened.say({ type: 'subscribe', stream })
  await opened.done()
  await post(bob)
  await post(bob, { visibility: 'direct', mentions: [alice] })
  await settle()
  expect((await app.get('/api/v1/conversations')).body).toEqual([])
  await tellStreams({}, { event: 'filters_changed', accountId: alice.account.id })
  expect((await opened.frames.next()).event).toBe('filters_changed')
  await app.post(`/api/v1/accounts/${bob.account.id}/unmute`)
  expect((await read()).filter((id) => id === muted.id)).toHaveLength(4)
})

test('ACCT-37 the lists of the caller that hold an account, and nobody else’s', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  for (const owner of [alice, carol]) {
    await as(owner, followAccount, { accountId: bob.account.id })
    const list = await as(owner, createList, { title: `of ${owner.account.username}` })
    await as(owner, addToList, { listId: list.id, accountIds: [bob.account.id] })
    await as(owner, createList, { title: 'empty' })
  }
  const { body } = await client(alice).get(`/api/v1/accounts/${bob.account.id}/lists`)
  expectEntity('Array<List>', body)
  expect(body.map(({ title }: { title: string }) => title)).toEqual(['of alice'])
})
