import { glance } from '#core/glance'
import { Follow } from '#core/relationships/follow.model'
import { Relay } from '#core/relays/relay.model'
import { rows } from '#platform/db'
import { cast, stranger } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { group } from '#test/factories/group'
import { post } from '#test/factories/post'
import { countQueries } from '#test/support/count-queries'

const quiet = {
  isTagged: false,
  isListed: false,
  isNews: false,
  hasPreview: false,
  isForOthers: false,
  isForGroup: false,
}

test('a post that concerns nobody else is known as such', async () => {
  const { alice } = await cast('alice')
  const { id } = await post(alice)
  expect(await glance(id)).toMatchObject({ id, visibility: 'public', boostOfId: null, ...quiet })
  expect(await glance('1')).toBeUndefined()
})

test('what members say in a group here is seen: by naming it, or by answering there', async () => {
  const { alice } = await cast('alice')
  const tea = await group(alice)
  const named = await post(alice, { mentions: [tea] })
  const answer = await post(alice, { replyTo: named })
  expect(await glance(named.id)).toMatchObject({ isForGroup: true })
  expect(await glance(answer.id)).toMatchObject({ isForGroup: false })
  await rows({}, 'UPDATE posts SET group_id = $1 WHERE id = $2', [tea.id, named.id])
  expect(await glance(answer.id)).toMatchObject({ isForGroup: true })
  const far = await post(await stranger('far'), { uri: 'https://remote.example/1', mentions: [tea] })
  expect(await glance(far.id)).toMatchObject({ isForGroup: false })
})

test('whoever may be concerned is seen: followers elsewhere, people named, lists, those who asked to be told', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const far = await stranger('far')
  const plain = await post(alice)
  const named = await post(alice, { mentions: [far] })
  const answer = await post(alice, { replyTo: await post(far, { uri: 'https://remote.example/1' }) })
  expect(await glance(plain.id)).toMatchObject(quiet)
  expect(await glance(named.id)).toMatchObject({ ...quiet, isNews: true, isForOthers: true })
  expect(await glance(answer.id)).toMatchObject({ ...quiet, isForOthers: true })
  const asked = await follow(far, alice, 'pending')
  expect(await glance(plain.id)).toMatchObject(quiet)
  await asked.update({ state: 'accepted' })
  await Follow.create({
    followerId: bob.account.id,
    followedId: alice.account.id,
    state: 'accepted',
    notifies: true,
  })
  await rows(
    {},
    `WITH list AS (INSERT INTO lists (owner_id, title) VALUES ($1, 'a') RETURNING id)
     INSERT INTO list_members (list_id, account_id) SELECT id, $2 FROM list`,
    [bob.account.id, alice.account.id],
  )
  expect(await glance(plain.id)).toMatchObject({ isForOthers: true, isNews: true, isListed: true })
})

test('of what members write a relay that took this instance in is meant by public posts alone', async () => {
  const { alice } = await cast('alice')
  const url = 'https://relay.example/inbox'
  const relay = await Relay.create({
    url,
    inboxUrl: url,
    domain: 'relay.example',
    kind: 'mastodon',
    followUri: `${url}#1`,
  })
  const [open, quiet, far] = [
    await post(alice),
    await post(alice, { visibility: 'unlisted' }),
    await post(await stranger('far'), { uri: 'https://remote.example/1' }),
  ]
  expect(await glance(open.id)).toMatchObject({ isForOthers: false })
  await relay.update({ state: 'accepted' })
  expect(await glance(open.id)).toMatchObject({ isForOthers: true })
  expect(await glance(quiet.id)).toMatchObject({ isForOthers: false })
  expect(await glance(far.id)).toMatchObject({ isForOthers: false })
})

test('all that ask at one moment are answered by one query', async () => {
  const { alice } = await cast('alice')
  const ids = [(await post(alice)).id, (await post(alice)).id, (await post(alice)).id]
  const asked = [...ids, ...ids]
  const count = await countQueries(async () => {
    const seen = await Promise.all(asked.map((id) => glance(id)))
    expect(seen.map((each) => each?.id)).toEqual(asked)
  })
  expect(count).toBe(1)
})
