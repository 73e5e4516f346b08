import { createPost } from '#core/posts/create-post'
import { forgetPages } from '#server/serializers/kept-pages'
import { cast, member, type Member } from '#test/factories/account'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { countQueries } from '#test/support/count-queries'
import { settle } from '#test/support/settle'

const path = '/api/v1/collections'
const open = { account: { isDiscoverable: true } }

async function make(owner: Member, accounts: { id: string }[] = []) {
  const sent = { name: 'Friends', sensitive: false, discoverable: true }
  const { body } = await client(owner).post(path, { ...sent, account_ids: accounts.map(({ id }) => id) })
  return body.collection as { id: string; url: string; items: { id: string; account_id: string }[] }
}

test('COLL-07 the address of a collection in a post puts it into tagged_collections, as it is now', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const { id, url } = await make(alice)
  const { id: postId } = await createPost(bob.ctx, { text: `see ${url} and ${url}77` })
  const names = async () =>
    (await client(bob).get('/api/v1/timelines/home')).body[0].tagged_collections.map(
      ({ name }: { name: string }) => name,
    )
  await settle()
  for (let n = 0; n < 3; n += 1) expect(await names()).toEqual(['Friends'])
  await client(alice).patch(`${path}/${id}`, { name: 'Renamed' })
  expect(await names()).toEqual(['Renamed'])
  await client(alice).delete(`${path}/${id}`)
  forgetPages()
  expect(await names()).toEqual([])
  expectEntity('Status', (await client(bob).get(`/api/v1/statuses/${postId}`)).body)
})

test('NOTE-01 who is put into a collection is told, of its changes too, and of nothing after leaving', async () => {
  const [alice, bob] = [await member('alice'), await member('bob', open)]
  const made = await make(alice, [bob.account])
  const told = async () => {
    await settle()
    const { body } = await client(bob).get('/api/v1/notifications')
    expectEntity('Array<Notification>', body)
    return body.map((each: { type: string; collection: { name: string } }) => [
      each.type,
      each.collection.name,
    ])
  }
  expect(await told()).toEqual([['added_to_collection', 'Friends']])
  for (const name of ['One', 'Two']) {
    await client(alice).patch(`${path}/${made.id}`, { name })
    await settle()
  }
  expect(await told()).toEqual([
    ['collection_update', 'Two'],
    ['added_to_collection', 'Two'],
  ])
  await client(bob).post(`${path}/${made.id}/items/${made.items[0]?.id}/revoke`)
  expect(await told()).toEqual([])
})

test('collections cost the same number of queries for one and for many, alone and in posts', async () => {
  const alice = await member('alice')
  const [bob, carol] = [await member('bob', open), await member('carol', open)]
  const fill = async (accounts: { id: string }[]) => {
    const { url } = await make(alice, accounts)
    await createPost(alice.ctx, { text: url })
    await settle()
  }
  await fill([bob.account])
  const app = client(alice)
  const lists = [`/api/v1/accounts/${alice.account.id}/collections`, '/api/v1/timelines/home']
  const counts = []
  for (let n = 0; n < 2; n += 1) {
    for (const list of lists) await app.get(list)
    forgetPages()
    const found = []
    for (const list of lists) found.push(await countQueries(() => app.get(list)))
    counts.push(found)
    if (n === 0) for (let more = 0; more < 5; more += 1) await fill([bob.account, carol.account])
  }
  expect(counts[1]).toEqual(counts[0])
})
