import { createCollection } from '#core/collections/create-collection'
import { blockAccount } from '#core/relationships/block-account'
import { Setting } from '#core/instances/setting.model'
import { as, cast, stranger } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'

test('MISC-12 a report names an account and its posts', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const bad = await post(bob, {})
  const report = {
    account_id: bob.account.id,
    status_ids: [bad.id],
    comment: 'spam',
    category: 'spam',
    forward: true,
  }
  const { status, body } = await client(alice).post('/api/v1/reports', report)
  expect(status).toBe(200)
  expectEntity('Report', body)
  expect(body).toMatchObject({ status_ids: [bad.id], comment: 'spam', category: 'spam', forwarded: false })
})

test('MISC-12 posts of somebody else and unknown accounts are 404, a long comment 422, rules make it a violation', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const own = await post(alice, {})
  const account_id = bob.account.id
  const file = (more: object) => client(alice).post('/api/v1/reports', { account_id, ...more })
  expect((await file({ status_ids: [own.id] })).status).toBe(404)
  expect((await client(alice).post('/api/v1/reports', { account_id: '1' })).status).toBe(404)
  expect((await file({ comment: 'x'.repeat(1001) })).status).toBe(422)
  expect((await file({ category: 'rude' })).status).toBe(422)
  expect((await file({ rule_ids: ['1'] })).status).toBe(422)
  await Setting.create({ key: 'rules', value: [{ id: '1', text: 'Be kind', hint: '' }] })
  expect((await file({ rule_ids: ['1'] })).body).toMatchObject({ category: 'violation', rule_ids: ['1'] })
})

test('MISC-12 a report about somebody elsewhere may be forwarded', async () => {
  const { alice } = await cast('alice')
  const far = await stranger('far')
  const { body } = await client(alice).post('/api/v1/reports', { account_id: far.id, forward: 'true' })
  expect(body.forwarded).toBe(true)
})

test('MISC-12 a report names collections of the account that the member may read', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const make = async (owner: typeof bob) =>
    (await as(owner, createCollection, { name: 'Friends', isSensitive: false, isDiscoverable: true })).id
  const [theirs, own] = [await make(bob), await make(alice)]
  const file = (collection_ids: string[]) =>
    client(alice).post('/api/v1/reports', { account_id: bob.account.id, collection_ids })
  const { status, body } = await file([theirs])
  expect(status).toBe(200)
  expectEntity('Report', body)
  expect(body.collection_ids).toEqual([theirs])
  expect((await file([own])).status).toBe(404)
  expect((await file([theirs, '1'])).status).toBe(404)
  await as(bob, blockAccount, { accountId: alice.account.id })
  expect((await file([theirs])).status).toBe(404)
})
